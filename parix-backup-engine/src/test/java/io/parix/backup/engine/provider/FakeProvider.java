package io.parix.backup.engine.provider;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.VolumeSnapshots;
import java.util.List;
import java.util.Optional;

/** A provider of which only the door matters. */
class FakeProvider implements BackupProvider {
    int opened;
    int closed;
    private final String id;

    FakeProvider(String id) {
        this.id = id;
    }

    /** As a service file names it. */
    public static final class Offered extends FakeProvider {
        /** For the service loader. */
        public Offered() {
            super("offered");
        }
    }

    /** One of the same id as {@link Offered}. */
    public static final class Twin extends FakeProvider {
        /** For the service loader. */
        public Twin() {
            super("offered");
        }
    }

    /** One that cannot be made. */
    public static final class Broken extends FakeProvider {
        /** For the service loader. */
        public Broken() {
            super("broken");
            throw new IllegalArgumentException("no licence");
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public List<ConfigurationMistake> check(StorageLocation location) {
        return location.settings().keySet().stream()
                .sorted()
                .map(key -> new ConfigurationMistake(key, "is unknown"))
                .toList();
    }

    @Override
    public ProviderSession open(StorageLocation location) {
        opened++;
        return new ProviderSession() {
            @Override
            public Capabilities capabilities() {
                throw new IllegalStateException("nobody asks");
            }

            @Override
            public ObjectStore objects() {
                throw new IllegalStateException("nobody asks");
            }

            @Override
            public Optional<VolumeSnapshots> snapshots() {
                return Optional.empty();
            }

            @Override
            public void close() {
                closed++;
                if (location.prefix().value().equals("sticks")) {
                    throw new IllegalStateException("it sticks");
                }
            }
        };
    }
}
