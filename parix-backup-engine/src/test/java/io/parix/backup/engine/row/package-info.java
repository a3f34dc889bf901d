/** Tests of the stored form of jobs. */
@NullMarked
package io.parix.backup.engine.row;

import org.jspecify.annotations.NullMarked;
