package io.parix.backup.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.Backups;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Restores;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.GaugeLimits;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One database of three tiny replicas, a catalog and a store that outlive engines, and a clock that is moved. */
final class Installation {
    static final DatabaseId DATABASE = new DatabaseId("db-1");
    static final Actor ACTOR = new Actor("ada");
    static final String NAME = "ledger of record";
    static final Duration REUSE = Duration.ofSeconds(15);

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    final InMemoryCatalog catalog = new InMemoryCatalog(clock);
    private final InMemoryHost host = new InMemoryHost(clock);
    private final InMemoryProvider provider = new InMemoryProvider(clock);

    Installation() {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(40 * 4096))
                .seed(11)
                .build();
        host.put(
                new DatabaseProfile(
                        DATABASE, NAME, DatabaseStatus.ACTIVE, "eu-central-1", InMemoryProvider.ID, shape, List.of()),
                cluster.images().stream().map(SparseImage::bytes).toList());
    }

    /** A process with an engine and the meters of a host. */
    final class Node implements AutoCloseable {
        final MeterRegistry meters = new SimpleMeterRegistry();
        final List<BackupEvent> events = new ArrayList<>();
        final EventMeters counters = new EventMeters(meters);
        final ParixBackup parix;
        private final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
        private final DurationMeters timers = new DurationMeters(meters, this::backups, this::restores);

        private Node(Catalog through) {
            parix = ParixBackup.builder()
                    .catalog(through)
                    .directory(host)
                    .images(host)
                    .restoreHost(host)
                    .provider(provider)
                    .storage(provider.location("bucket", new KeyPrefix("parix")))
                    .dispatcher(dispatcher)
                    .executor(Runnable::run)
                    .clock(clock)
                    .listening(Runnable::run)
                    .listener(this::hear)
                    .random(new Random(7))
                    .settings(EngineSettings.builder()
                            .spread(Duration.ZERO)
                            .segmentSize(ByteSize.mebibytes(1))
                            .transferWorkers(1)
                            .gauges(new GaugeLimits(REUSE, Duration.ofHours(30)))
                            .build())
                    .build()
                    .start();
            new GaugeMeters(parix.gauges()).bindTo(meters);
        }

        private Backups backups() {
            return parix.backups();
        }

        private Restores restores() {
            return parix.restores();
        }

        private void hear(BackupEvent event) {
            events.add(event);
            counters.on(event);
            timers.on(event);
        }

        Backup ask() {
            return ((BackupAnswer.Accepted) parix.backups().request(BackupRequest.of(DATABASE, ACTOR))).backup();
        }

        void tick() {
            dispatcher.tick();
        }

        void work() {
            dispatcher.runUntilQuiet();
        }

        /** A gauge's value, at the next scrape that asks the catalog. */
        double gauge(String name, String... tags) {
            clock.advance(REUSE);
            return meters.get(name).tags(tags).gauge().value();
        }

        double count(BackupEvent.Kind kind, String reason) {
            return meters.get(EventMeters.EVENTS)
                    .tags("kind", kind.code(), "reason", reason)
                    .counter()
                    .count();
        }

        @Override
        public void close() {
            parix.close();
        }
    }

    Node start() {
        return new Node(catalog);
    }

    Node start(Catalog through) {
        return new Node(through);
    }
}
