/** Tests of the job states, and the drawing of {@code docs/job-states.md}. */
@NullMarked
package io.parix.backup.core.job;

import org.jspecify.annotations.NullMarked;
