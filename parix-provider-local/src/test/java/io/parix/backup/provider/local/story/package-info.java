/** A whole restore into a directory that is killed, or runs out of disk, anywhere: files are wholly old or wholly new. */
@NullMarked
package io.parix.backup.provider.local.story;

import org.jspecify.annotations.NullMarked;
