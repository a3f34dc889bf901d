package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.ByteSize;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.manifest.IndexSpool;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.KeyPort;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedSpaceTest {
    private static final int DAYS = 60;
    private static final CallContext CALL =
            new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.MANIFEST);

    @TempDir
    Path spool;

    private EngineFixture engine = new EngineFixture();
    private SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
            .used(new ByteSize(2_000 * 4_096L))
            .seed(11)
            .build();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName(
            "H4 C12 over 60 days of 2 % change with 7 days kept, what is stored stays within 1.3 times what is needed")
    void staysBounded() {
        double worst = worstOf(DAYS);

        assertThat(worst).isLessThanOrEqualTo(1.3);
        assertThat(engine.unowned()).isEmpty();
        List<Backup> kept = engine.parix.backups().history(DATABASE, 100);
        assertThat(kept).hasSizeBetween(6, 7);
        for (Backup backup : kept) {
            assertThat(engine.parix
                            .backups()
                            .verify(backup.id(), VerificationLevel.READ_BACK, ACTOR)
                            .passed())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("C12 without storing sparse segments anew the same days pass the bound")
    void wouldGrow() {
        engine.close();
        engine = new EngineFixture(EngineSettings.builder().sparseBelow(0));

        assertThat(worstOf(29)).isGreaterThan(1.3);
    }

    private double worstOf(int days) {
        double worst = 0;
        for (int day = 0; day < days; day++) {
            engine.host.files(DATABASE, EngineFixture.files(cluster));
            Backup backup = engine.backup();
            assertThat(backup.failed()).isEmpty();
            worst = Math.max(worst, (double) stored() / needed());
            cluster = cluster.nextCheckpoint(0.02);
            engine.clock.advance(Duration.ofDays(1).minusMinutes(1));
            engine.dispatcher.tick();
            engine.dispatcher.runUntilQuiet();
        }
        return worst;
    }

    private long stored() {
        return engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .mapToLong(key -> engine.store().stat(key, CALL).orElseThrow().length())
                .sum();
    }

    /** The stored bytes of every chunk that a kept backup refers to, each once. */
    private long needed() {
        ArchivePlace place =
                new ArchivePlace(engine.store(), new ArchiveKeys(new KeyPrefix("parix"), DATABASE), KeyPort.none());
        LoadedIndex.From from = new LoadedIndex.From(new ArchiveObjects(place, CALL, place.ring(Map.of())), spool);
        Map<String, Integer> chunks = new HashMap<>();
        for (Backup backup : engine.parix.backups().history(DATABASE, 100)) {
            Manifest manifest = new ManifestStore(place, CALL).read(backup.id()).manifest();
            for (ArchivedReplica replica : manifest.replicas()) {
                SegmentTable segments = new SegmentTable();
                try (LoadedIndex index = LoadedIndex.load(manifest, replica, segments, from)) {
                    IndexSpool.Cursor cursor = index.entries().cursor();
                    for (Optional<IndexEntry> entry = cursor.next(); entry.isPresent(); entry = cursor.next()) {
                        String segment =
                                segments.get(entry.get().segment()).object().name();
                        chunks.put(
                                segment + "@" + entry.get().chunk().offset(),
                                entry.get().chunk().length());
                    }
                }
            }
        }
        return chunks.values().stream().mapToLong(length -> length).sum();
    }
}
