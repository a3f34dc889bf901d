/**
 * What a dashboard shows: the page of a deleted database, and how protected one is. The doors are
 * {@link io.parix.backup.examples.page.DeletedDatabase} and {@link io.parix.backup.examples.page.Protected}.
 */
@NullMarked
package io.parix.backup.examples.page;

import org.jspecify.annotations.NullMarked;
