/** Files and directories as a storage provider: the embedded default and the reference implementation of the SPI. */
@NullMarked
package io.parix.backup.provider.local;

import org.jspecify.annotations.NullMarked;
