/** What the archive's tests share: a store that can be spoiled, images and staged files in memory. */
@NullMarked
package io.parix.backup.archive;

import org.jspecify.annotations.NullMarked;
