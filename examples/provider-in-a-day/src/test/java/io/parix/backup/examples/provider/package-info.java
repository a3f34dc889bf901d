/** The suites on both databases, what no suite can show, and the guide's snippets. */
@NullMarked
package io.parix.backup.examples.provider;

import org.jspecify.annotations.NullMarked;
