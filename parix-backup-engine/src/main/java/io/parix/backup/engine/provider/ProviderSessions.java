package io.parix.backup.engine.provider;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opened places, each opened at its first use, shared, and closed together. Safe for concurrent calls. */
public final class ProviderSessions implements AutoCloseable {
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
     */
    public synchronized ProviderSession session(StorageLocation location) {
        if (closed) {
            throw new IllegalStateException("The provider sessions are closed");
        }
        return open.computeIfAbsent(location.identity(), identity -> connect(location));
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
        open.values().forEach(ProviderSession::close);
        open.clear();
    }
}
