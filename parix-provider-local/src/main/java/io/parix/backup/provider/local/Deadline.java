package io.parix.backup.provider.local;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;

/** The time that a call has, from its beginning, and its caller's patience. */
final class Deadline {
    private final CallContext call;
    private final String doing;
    private final long begun = System.nanoTime();

    private Deadline(CallContext call, String doing) {
        this.call = call;
        this.doing = doing;
    }

    /** Begins a call, which fails at once where it is over already. */
    static Deadline begin(CallContext call, String doing) {
        Deadline deadline = new Deadline(call, doing);
        deadline.check();
        return deadline;
    }

    /** Raises {@link ErrorKind#CANCELLED} when time or patience is at an end. */
    void check() {
        call.check(doing);
        if (call.timeout().compareTo(Duration.ofNanos(System.nanoTime() - begun)) <= 0) {
            throw new ProviderException(
                    ErrorKind.CANCELLED, "Stopped " + doing + ": it took longer than " + call.timeout() + ".");
        }
    }

    String doing() {
        return doing;
    }
}
