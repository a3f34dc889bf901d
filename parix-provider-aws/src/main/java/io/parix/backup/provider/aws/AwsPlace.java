package io.parix.backup.provider.aws;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** An opened bucket: its settings, its client, and whether it has been closed. */
final class AwsPlace {
    private final AwsConfig config;
    private final AwsClients.Opened client;
    private final InstantSource clock;
    private final AwsErrors errors;
    private final List<AutoCloseable> parts = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    AwsPlace(AwsConfig config, AwsClients.Opened client, InstantSource clock) {
        this.config = config;
        this.client = client;
        this.clock = clock;
        this.errors = AwsErrors.ofS3(clock);
        this.parts.addAll(client.ours());
    }

    AwsConfig config() {
        return config;
    }

    S3Client s3() {
        return client.s3();
    }

    InstantSource clock() {
        return clock;
    }

    AwsErrors errors() {
        return errors;
    }

    /**
     * Begins a call, which fails at once where it is over already.
     *
     * @param call deadline and purpose
     * @param doing what is done, for messages
     * @param permission what it needs, for the message where that is missing
     */
    AwsCall begin(CallContext call, String doing, String permission) {
        AwsCall begun = new AwsCall(this, call, doing, permission);
        begun.check();
        return begun;
    }

    /** {@return what requests are signed with; those of a host's client are its own} */
    IdentityProvider<? extends AwsCredentialsIdentity> credentials() {
        return client.credentials();
    }

    /** Closes one thing more with this place. */
    void closesAlso(AutoCloseable part) {
        parts.add(part);
    }

    List<SdkPlugin> plugins() {
        return client.plugins();
    }

    boolean isOpen() {
        return !closed.get();
    }

    void requireOpen(String doing) {
        if (closed.get()) {
            throw new ProviderException(ErrorKind.CANCELLED, "Stopped " + doing + ": the session was closed.");
        }
    }

    /** Closes every part, and tells of those that did not close after that. */
    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List<Exception> failures =
                parts.stream().flatMap(part -> closeOne(part).stream()).toList();
        if (!failures.isEmpty()) {
            Exception first = failures.get(0);
            ProviderException failure = new ProviderException(
                    ErrorKind.UNAVAILABLE, "A client of AWS did not close: " + first + ".", first);
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private static Optional<Exception> closeOne(AutoCloseable part) {
        try {
            part.close();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }
}
