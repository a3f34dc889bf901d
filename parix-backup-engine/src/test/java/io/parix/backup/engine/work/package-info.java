/** Tests of retries. */
@NullMarked
package io.parix.backup.engine.work;

import org.jspecify.annotations.NullMarked;
