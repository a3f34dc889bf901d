package io.parix.backup.examples.provider;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;

/** One call of a verb: what it does, until when, and whether somebody still wants it. For one thread. */
final class Call {
    private final Database database;
    private final CallContext context;
    private final String doing;
    private final long begun = System.nanoTime();

    private Call(Database database, CallContext context, String doing) {
        this.database = database;
        this.context = context;
        this.doing = doing;
    }

    /** Begins a call, which fails at once where it is over already. */
    static Call begin(Database database, CallContext context, String doing) {
        Call call = new Call(database, context, doing);
        call.check();
        return call;
    }

    /** Raises {@link ErrorKind#CANCELLED} when the session, the caller's patience or the time is at an end. */
    void check() {
        database.requireOpen(doing);
        context.check(doing);
        // Left as it is: whoever interrupted waits for the thread to notice. And a driver that meets it may break.
        if (Thread.currentThread().isInterrupted()) {
            throw new ProviderException(ErrorKind.CANCELLED, "Stopped " + doing + ": the thread was interrupted.");
        }
        if (left().compareTo(Duration.ZERO) <= 0) {
            throw new ProviderException(
                    ErrorKind.CANCELLED, "Stopped " + doing + ": it took longer than " + context.timeout() + ".");
        }
    }

    /** {@return whether it has ended, so that an error of the place says no more than that} */
    boolean isOver() {
        try {
            check();
            return false;
        } catch (ProviderException e) {
            return true;
        }
    }

    /** {@return what is left of its time} */
    Duration left() {
        return context.timeout().minus(Duration.ofNanos(System.nanoTime() - begun));
    }

    String doing() {
        return doing;
    }
}
