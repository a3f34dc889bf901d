package io.parix.backup.provider.aws;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.services.s3.S3Client;

/** An opened bucket: its settings, its client, and whether it has been closed. */
final class AwsPlace {
    private final AwsConfig config;
    private final AwsClients.Opened client;
    private final InstantSource clock;
    private final AwsErrors errors;
    private final AtomicBoolean closed = new AtomicBoolean();

    AwsPlace(AwsConfig config, AwsClients.Opened client, InstantSource clock) {
        this.config = config;
        this.client = client;
        this.clock = clock;
        this.errors = new AwsErrors(clock);
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

    void close() {
        if (closed.compareAndSet(false, true)) {
            client.ours().forEach(AwsPlace::closeOne);
        }
    }

    private static void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new ProviderException(ErrorKind.UNAVAILABLE, "The client of S3 did not close: " + e + ".", e);
        }
    }
}
