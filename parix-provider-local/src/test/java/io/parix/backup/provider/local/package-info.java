/** The local provider held to the suites, and to what only files can get wrong. */
@NullMarked
package io.parix.backup.provider.local;

import org.jspecify.annotations.NullMarked;
