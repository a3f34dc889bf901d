/**
 * Schedules: what an embedder asks of them, and the poller that starts their runs (spec G). {@code core.schedule} decides which
 * runs there are and what becomes of them; here the facts are read, and each decision is written with the run's job in one
 * transaction, so that any number of nodes may do it.
 */
@NullMarked
package io.parix.backup.engine.schedule;

import org.jspecify.annotations.NullMarked;
