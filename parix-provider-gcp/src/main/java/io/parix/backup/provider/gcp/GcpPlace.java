package io.parix.backup.provider.gcp;

import com.google.auth.Credentials;
import com.google.cloud.storage.Storage;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An opened bucket: its settings, its client, and whether it has been closed. */
final class GcpPlace {
    private final GcpConfig config;
    private final GcpClients.Opened client;
    private final InstantSource clock;
    private final GcpErrors errors;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();

    GcpPlace(GcpConfig config, GcpClients.Opened client, InstantSource clock) {
        this.config = config;
        this.client = client;
        this.clock = clock;
        this.errors = new GcpErrors(clock);
    }

    GcpConfig config() {
        return config;
    }

    Storage storage() {
        return client.storage();
    }

    InstantSource clock() {
        return clock;
    }

    GcpErrors errors() {
        return errors;
    }

    /**
     * Begins a call, which fails at once where it is over already.
     *
     * @param call deadline and purpose
     * @param doing what is done, for messages
     * @param permission what it needs, for the message where that is missing
     */
    GcpCall begin(CallContext call, String doing, String permission) {
        GcpCall begun = new GcpCall(this, call, doing, permission);
        begun.check();
        return begun;
    }

    /**
     * Makes a request of a call, within its deadline.
     *
     * @param call the call
     * @param request uses {@link #storage()} on this thread
     * @return what it answers; its errors are translated as those of a call that changes nothing
     */
    <T> T ask(GcpCall call, Supplier<T> request) {
        try {
            return client.transport().during(call, request);
        } catch (RuntimeException e) {
            throw errors.of(call, e);
        }
    }

    /**
     * The same for a request that may have done its work when no answer tells.
     *
     * @param call the call
     * @param request uses {@link #storage()} on this thread
     * @return what it answers
     */
    <T> T change(GcpCall call, Supplier<T> request) {
        try {
            return client.transport().during(call, request);
        } catch (RuntimeException e) {
            throw ofBucket(call, errors.ofSent(call, e));
        }
    }

    /** Where a request names no object that must be there, what was not found is the bucket. */
    static ProviderException ofBucket(GcpCall call, ProviderException e) {
        return e.kind() == ErrorKind.NOT_FOUND
                ? new ProviderException(
                        ErrorKind.UNAVAILABLE,
                        "Failed " + call.doing() + ": the bucket is not there; check its name. " + e.getMessage(),
                        e)
                : e;
    }

    GcpTransport transport() {
        return client.transport();
    }

    /** {@return the credentials for Compute Engine; null where a client of the host has none} */
    @Nullable
    Credentials computeCredentials() {
        return client.compute();
    }

    /** Lets something end with the place, which is being opened. */
    void closesAlso(Runnable end) {
        ends.add(end);
    }

    boolean isOpen() {
        return !closed.get();
    }

    void requireOpen(String doing) {
        if (closed.get()) {
            throw new ProviderException(ErrorKind.CANCELLED, "Stopped " + doing + ": the session was closed.");
        }
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            client.transport().close();
            ends.forEach(Runnable::run);
        }
    }
}
