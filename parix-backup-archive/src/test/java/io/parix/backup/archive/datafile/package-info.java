/** Tests of the data file reader, on vectors and on files that real TigerBeetle clusters wrote. */
@NullMarked
package io.parix.backup.archive.datafile;

import org.jspecify.annotations.NullMarked;
