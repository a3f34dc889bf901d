package io.parix.backup.engine.provider;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opened places, each opened at its first use, shared, and closed together. Safe for concurrent calls. */
public final class ProviderSessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSessions.class);

    private final ProviderRegistry registry;
    private final Map<String, ProviderSession> open = new HashMap<>();
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param registry the providers
     */
    public ProviderSessions(ProviderRegistry registry) {
        this.registry = registry;
    }

    /**
     * Gives the session of a place.
     *
     * @param location the place
     * @return its session, opened now if it is the first call
     * @throws ConfigurationException when the place's settings have mistakes
     * @throws FailedException with {@link ErrorCode#NOT_RUNNING} after {@link #close}, or
     *     {@link ErrorCode#UNKNOWN_PROVIDER}
     */
    public synchronized ProviderSession session(StorageLocation location) {
        if (closed) {
            throw new FailedException(
                    ErrorCode.NOT_RUNNING, "Cannot use " + location + ": this instance is closed. Build a new one.");
        }
        return open.computeIfAbsent(location.identity(), identity -> connect(location));
    }

    /**
     * Opens a place for the caller alone.
     *
     * @param location the place
     * @return a session that the caller closes
     * @throws ConfigurationException when the place's settings have mistakes
     * @throws FailedException with {@link ErrorCode#UNKNOWN_PROVIDER}
     */
    public ProviderSession open(StorageLocation location) {
        return connect(location);
    }

    private ProviderSession connect(StorageLocation location) {
        BackupProvider provider = registry.provider(location.provider());
        List<ConfigurationMistake> mistakes = provider.check(location);
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException("provider " + provider.id(), mistakes);
        }
        return provider.open(location);
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.forEach(ProviderSessions::closeOne);
        open.clear();
    }

    /** One that fails must not keep the others open. */
    private static void closeOne(String location, ProviderSession session) {
        try {
            session.close();
        } catch (RuntimeException e) {
            LOG.warn("The session of {} did not close", location, e);
        }
    }
}
