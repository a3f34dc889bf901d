/** Tests of the synthetic data files, and tests of the data file reader that need files of any size and kind. */
@NullMarked
package io.parix.backup.testkit.datafile;

import org.jspecify.annotations.NullMarked;
