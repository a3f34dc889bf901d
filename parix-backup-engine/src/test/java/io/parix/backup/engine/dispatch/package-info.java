/** Tests of the dispatcher that has threads. */
@NullMarked
package io.parix.backup.engine.dispatch;

import org.jspecify.annotations.NullMarked;
