package io.parix.backup.provider.aws;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** One call of a verb: what it does, until when, and whether somebody still wants it. For one thread. */
final class AwsCall {
    /** The SDK refuses a deadline of nothing. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private final AwsPlace place;
    private final CallContext context;
    private final String doing;
    private final String permission;
    private final long begun;

    AwsCall(AwsPlace place, CallContext context, String doing, String permission) {
        this(place, context, doing, permission, System.nanoTime());
    }

    private AwsCall(AwsPlace place, CallContext context, String doing, String permission, long begun) {
        this.place = place;
        this.context = context;
        this.doing = doing;
        this.permission = permission;
        this.begun = begun;
    }

    /** {@return the same call at a request that needs another permission} */
    AwsCall needing(String other) {
        return new AwsCall(place, context, doing, other, begun);
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
        if (left().compareTo(Duration.ZERO) <= 0) {
            throw new ProviderException(
                    ErrorKind.CANCELLED, "Stopped " + doing + ": it took longer than " + context.timeout() + ".");
        }
    }

    /**
     * What went wrong while the session was closed went wrong for that: an answer that is cut off by it reads as a strange one.
     *
     * @param e what went wrong
     * @return the same, or that the session was closed
     */
    ProviderException ended(ProviderException e) {
        return e.kind() == ErrorKind.UNAVAILABLE && !isOpen()
                ? new ProviderException(ErrorKind.CANCELLED, "Stopped " + doing + ": the session was closed.", e)
                : e;
    }

    /** {@return what every request of this call carries; raises as {@link #check} does} */
    AwsRequestOverrideConfiguration limits() {
        check();
        Duration left = left();
        AwsRequestOverrideConfiguration.Builder limits =
                AwsRequestOverrideConfiguration.builder().apiCallTimeout(left.compareTo(LEAST) < 0 ? LEAST : left);
        place.plugins().forEach(limits::addPlugin);
        return limits.build();
    }

    /**
     * Does something when the time of this call is up.
     *
     * @param end what
     * @return for lifting it
     */
    Deadlines.Deadline atItsEnd(Runnable end) {
        return Deadlines.in(left(), end);
    }

    private Duration left() {
        return context.timeout().minus(Duration.ofNanos(System.nanoTime() - begun));
    }
}
