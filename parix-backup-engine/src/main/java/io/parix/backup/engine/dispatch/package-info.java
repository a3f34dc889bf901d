/**
 * Wake-ups within one process: the dispatcher of an embedded engine. Its door is
 * {@link io.parix.backup.engine.dispatch.ThreadDispatcher}; it knows ids and instants, never a job.
 */
@NullMarked
package io.parix.backup.engine.dispatch;

import org.jspecify.annotations.NullMarked;
