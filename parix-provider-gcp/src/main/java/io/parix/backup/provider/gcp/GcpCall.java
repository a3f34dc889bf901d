package io.parix.backup.provider.gcp;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of a verb: what it does, until when, and whether somebody still wants it. For one thread. */
final class GcpCall {
    private final GcpPlace place;
    private final CallContext context;
    private final String doing;
    private final String permission;
    private final long begun = System.nanoTime();
    private @Nullable GcpAnswer answer;
    private boolean sent;

    GcpCall(GcpPlace place, CallContext context, String doing, String permission) {
        this.place = place;
        this.context = context;
        this.doing = doing;
        this.permission = permission;
    }

    String doing() {
        return doing;
    }

    /** {@return the permission that it needs} */
    String permission() {
        return permission;
    }

    boolean isOpen() {
        return place.isOpen();
    }

    CallContext context() {
        return context;
    }

    /** Raises {@link ErrorKind#CANCELLED} when time, patience or the session is at an end. */
    void check() {
        place.requireOpen(doing);
        context.check(doing);
        if (Thread.currentThread().isInterrupted()) {
            throw new ProviderException(ErrorKind.CANCELLED, "Stopped " + doing + ": the thread was interrupted.");
        }
        if (isLate()) {
            throw new ProviderException(
                    ErrorKind.CANCELLED, "Stopped " + doing + ": it took longer than " + context.timeout() + ".");
        }
    }

    /** {@return how much of its time is left; zero or less where none is} */
    Duration left() {
        return context.timeout().minus(Duration.ofNanos(System.nanoTime() - begun));
    }

    boolean isLate() {
        return left().compareTo(Duration.ZERO) <= 0;
    }

    /** Begins a request: nothing of it is sent yet, and nothing answered. */
    void asks() {
        answer = null;
        sent = false;
    }

    /** Remembers that the place may have heard something of the latest request. */
    void sends() {
        sent = true;
    }

    /** {@return whether the place may have heard something of the latest request} */
    boolean isSent() {
        return sent;
    }

    /** Remembers the answer to the latest request. */
    void answered(GcpAnswer latest) {
        answer = latest;
    }

    /** {@return the status of the latest answer; 0 where there is none} */
    int status() {
        return answer == null ? 0 : answer.getStatusCode();
    }

    /** {@return a header of the latest answer, which the client keeps to itself} */
    Optional<String> header(String name) {
        return answer == null ? Optional.empty() : answer.header(name);
    }
}
