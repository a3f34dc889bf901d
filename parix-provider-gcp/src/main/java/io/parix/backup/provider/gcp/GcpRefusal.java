package io.parix.backup.provider.gcp;

import io.parix.backup.spi.ErrorKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered instead of doing what it was asked for.
 *
 * @param service its name
 * @param status of HTTP
 * @param words what it says, and no more of it: quoted, with a full stop
 * @param code the error that it documents; null where it is none
 * @param kind of the error
 * @param permission what the request needs
 */
record GcpRefusal(
        String service, int status, String words, @Nullable GcpCode code, ErrorKind kind, String permission) {

    /** What may become of a request that is refused by a server which has failed. */
    enum Repetition {
        /** It changes nothing: nothing has become of it. */
        HARMLESS(ErrorKind.UNAVAILABLE),
        /** It may have been done, and who repeats it compares. */
        COMPARED(ErrorKind.OUTCOME_UNKNOWN),
        /** It may have been done, and that must be known. */
        OPEN(ErrorKind.OUTCOME_UNKNOWN);

        private final ErrorKind unanswered;

        Repetition(ErrorKind unanswered) {
            this.unanswered = unanswered;
        }

        /** {@return the kind of a request that was sent and not answered} */
        ErrorKind unanswered() {
            return unanswered;
        }
    }

    /** {@return what stands in an error's message} */
    String fact() {
        return service + " answered " + status + " " + words + remedy(code) + needs(kind, permission);
    }

    /** {@return what to do about an error, after a space; empty where that is plain} */
    static String remedy(@Nullable GcpCode code) {
        return code == null || code.remedy().isEmpty() ? "" : " " + code.remedy();
    }

    /** {@return what is missing where something is denied, after a space} */
    static String needs(ErrorKind kind, String permission) {
        return kind == ErrorKind.DENIED ? " It needs " + permission + "." : "";
    }

    /** {@return how long to wait where the answer does not say} */
    Duration patience() {
        return code == null ? GcpErrors.PATIENCE : code.patience();
    }

    /** A server that has failed after it had everything may have done it. */
    ErrorKind kindAfter(Repetition repetition) {
        return kind == ErrorKind.UNAVAILABLE && status >= 500 ? repetition.unanswered() : kind;
    }
}
