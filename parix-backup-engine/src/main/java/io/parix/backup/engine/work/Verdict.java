package io.parix.backup.engine.work;

import io.parix.backup.ErrorCode;
import io.parix.backup.Report;
import java.time.Duration;

/** What becomes of a step that failed. */
sealed interface Verdict {
    /** It is run again. */
    record Again(Duration after, String reason, int strikes) implements Verdict {}

    /** It is given up. */
    record GivenUp(ErrorCode code, String message, Report report) implements Verdict {}
}
