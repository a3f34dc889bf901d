/**
 * The durable step machine: claim a job, run its steps one after the other, write each by compare-and-set, wait without a
 * thread, and sort every failure into <em>again</em> or <em>given up</em>.
 *
 * <p>The doors are {@link io.parix.backup.engine.work.JobLoop} and {@link io.parix.backup.engine.work.JobSteps}. What a step
 * does is not known here.
 */
@NullMarked
package io.parix.backup.engine.work;

import org.jspecify.annotations.NullMarked;
