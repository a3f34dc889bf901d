/** Tests of {@code io.parix.backup.archive.json}. */
@NullMarked
package io.parix.backup.archive.json;

import org.jspecify.annotations.NullMarked;
