/** Tests of the values of the SPI. */
@NullMarked
package io.parix.backup.spi.catalog;

import org.jspecify.annotations.NullMarked;
