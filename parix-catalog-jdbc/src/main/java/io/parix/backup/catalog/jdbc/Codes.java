package io.parix.backup.catalog.jdbc;

import io.parix.backup.BackupEvent;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.catalog.JobKind;
import java.util.Arrays;
import java.util.function.Function;

/** Constants by the codes that they are stored as. */
final class Codes {
    private Codes() {}

    static JobKind jobKind(String code) {
        return of(JobKind.values(), JobKind::code, code);
    }

    static JobStatus status(String code) {
        return of(JobStatus.values(), JobStatus::code, code);
    }

    static WorkflowKind workflow(String code) {
        return of(WorkflowKind.values(), WorkflowKind::code, code);
    }

    static BackupEvent.Kind event(String code) {
        return of(BackupEvent.Kind.values(), BackupEvent.Kind::code, code);
    }

    static ErrorCode error(String code) {
        return of(ErrorCode.values(), ErrorCode::code, code);
    }

    private static <E extends Enum<E>> E of(E[] all, Function<E, String> codeOf, String code) {
        return Arrays.stream(all)
                .filter(each -> codeOf.apply(each).equals(code))
                .findFirst()
                .orElseThrow(() -> new FailedException(
                        ErrorCode.FORMAT_UNKNOWN,
                        "Cannot read the catalog: this version knows no "
                                + all[0].getDeclaringClass().getSimpleName() + " " + code
                                + ". A newer version wrote it; use that one."));
    }
}
