/** Tests of retries, of the memory that jobs share, and of what runs beside the workers. */
@NullMarked
package io.parix.backup.engine.work;

import org.jspecify.annotations.NullMarked;
