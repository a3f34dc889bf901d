package io.parix.backup.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.servers.gcs.FakeRequest;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.datafile.SparseImage;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The engine on Cloud Storage, from a backup to its restore. */
class GcpStoryTest {
    private static final DatabaseId DATABASE = new DatabaseId("db-1");
    private static final Actor ACTOR = new Actor("ada");
    private static final String NAME = "ledger of record";
    private static final int REPLICAS = 3;

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final InMemoryHost host = new InMemoryHost(clock);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(clock);
    private final SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY)
            .used(new ByteSize(1_500 * 4096))
            .seed(11)
            .build();
    private final FakePlace place = new FakePlace();

    @AfterEach
    void close() {
        place.close();
    }

    private ParixBackup engine(BackupProvider provider, StorageLocation location) {
        Shape shape = new Shape(
                REPLICAS, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        host.put(
                new DatabaseProfile(
                        DATABASE, NAME, DatabaseStatus.ACTIVE, "europe-west3", GcpProvider.ID, shape, List.of()),
                files(cluster));
        return ParixBackup.builder()
                .catalog(new InMemoryCatalog(clock))
                .directory(host)
                .images(host)
                .restoreHost(host)
                .provider(provider)
                .storage(location)
                .dispatcher(dispatcher)
                .executor(Runnable::run)
                .clock(clock)
                .random(new Random(7))
                .settings(EngineSettings.builder()
                        .segmentSize(ByteSize.mebibytes(1))
                        .build())
                .build()
                .start();
    }

    private static List<byte[]> files(SyntheticCluster cluster) {
        return cluster.images().stream().map(SparseImage::bytes).toList();
    }

    private static StorageLocation under(StorageLocation place) {
        return new StorageLocation(place.provider(), place.settings(), new KeyPrefix("parix"));
    }

    private Backup backup(ParixBackup parix) {
        BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        work();
        Backup made = parix.backups()
                .find(((BackupAnswer.Accepted) answer).backup().id())
                .orElseThrow();
        assertThat(made.status()).as(String.valueOf(made)).isEqualTo(JobStatus.COMPLETED);
        return made;
    }

    private void work() {
        dispatcher.runUntilQuiet();
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(1));
            dispatcher.tick();
            dispatcher.runUntilQuiet();
        }
    }

    /** Loses the files and brings them back. */
    private void restoresByteForByte(ParixBackup parix, Backup backup, SyntheticCluster expected) {
        host.files(DATABASE, files(expected.nextCheckpoint(0.5)));
        RestoreAnswer answer = parix.restores().request(RestoreRequest.of(backup.id(), NAME, ACTOR));
        work();
        Restore restored = parix.restores()
                .find(((RestoreAnswer.Accepted) answer).restore().id())
                .orElseThrow();
        assertThat(restored.status()).as(String.valueOf(restored)).isEqualTo(JobStatus.COMPLETED);
        assertThat(same(host.files(DATABASE), files(expected))).isTrue();
    }

    /** A message about megabytes that differ would be megabytes long. */
    private static boolean same(List<byte[]> some, List<byte[]> others) {
        return some.stream()
                .map(ByteBuffer::wrap)
                .toList()
                .equals(others.stream().map(ByteBuffer::wrap).toList());
    }

    private Map<String, Long> counted() {
        return place.server().requests().stream()
                .collect(Collectors.groupingBy(FakeRequest::operation, Collectors.counting()));
    }

    private long segments() {
        return place.server().requests().stream()
                .filter(each ->
                        each.operation().equals("objects.insert") && each.name().endsWith(".seg"))
                .count();
    }

    @Test
    @DisplayName("C4 backups in a bucket with versions, the second after a change, are restored byte for byte")
    void tellsTheStory() {
        place.server().bucket(FakePlace.BUCKET).keepVersions();
        try (ParixBackup parix = engine(place.provider(), under(place.location()))) {
            Backup first = backup(parix);
            SyntheticCluster later = cluster.nextCheckpoint(0.05);
            host.files(DATABASE, files(later));
            Backup second = backup(parix);
            restoresByteForByte(parix, second, later);
            restoresByteForByte(parix, first, cluster);
        }
    }

    /** What the engine asks for is one request each, looks at who writes to the place included (spec J4). */
    @Test
    @DisplayName(
            "a first backup of N segments takes N requests, 2 for each replica and 6 at most; an unchanged second one "
                    + "2 for each replica and 6 at most, and one for each thousand of segments begun")
    void asksLittle() {
        try (ParixBackup parix = engine(place.provider(), under(place.location()))) {
            place.server().forget();
            backup(parix);
            long segments = segments();
            assertThat(segments).isGreaterThan(1);
            assertThat(place.server().operations())
                    .as(counted().toString())
                    .hasSizeLessThanOrEqualTo((int) segments + 2 * REPLICAS + 6);
            place.server().forget();
            Backup second = backup(parix);
            assertThat(segments()).isZero();
            assertThat(place.server().operations()).as(counted().toString()).hasSizeLessThanOrEqualTo(2 * REPLICAS + 7);
            restoresByteForByte(parix, second, cluster);
        }
    }

    private static Set<String> roles(String... names) throws IOException {
        Set<String> permissions = new HashSet<>();
        for (String name : names) {
            permissions.addAll(GcpPermissionsTest.role(name));
        }
        return permissions;
    }

    /** Lets so much time pass, waking whoever is to be woken in it: what waits for a permission is never quiet. */
    private void elapse(Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofSeconds(10));
            for (boolean more = true; more; ) {
                more = dispatcher.runNext();
            }
        }
    }

    private Backup cancelledMidway(ParixBackup parix) {
        BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        BackupId asked = ((BackupAnswer.Accepted) answer).backup().id();
        AtomicBoolean cancelled = new AtomicBoolean();
        IntStream.range(0, 200)
                .forEach(i -> place.server().next("objects.insert", (request, real) -> {
                    FakeAnswer stored = real.get();
                    if (request.name().endsWith(".seg") && cancelled.compareAndSet(false, true)) {
                        parix.backups().cancel(asked, ACTOR);
                    }
                    return stored;
                }));
        elapse(Duration.ofMinutes(5));
        assertThat(cancelled).isTrue();
        Backup ended = parix.backups().find(asked).orElseThrow();
        assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
        return ended;
    }

    private int objects() {
        return place.store()
                .list(new KeyPrefix("parix/db-1"), null, FakePlace.CALL)
                .objects()
                .size();
    }

    @Test
    @DisplayName(
            "SPI-75 B3 H3 the page's roles together are enough for an engine: a backup, one that is cancelled, a restore, clean-up")
    void worksUnderItsRoles() throws IOException {
        Set<String> all = roles("Writer", "Restorer", "Sweeper");
        place.server().allowOnly(all);
        try (ParixBackup parix = engine(place.provider(), under(place.location()))) {
            cancelledMidway(parix);
            assertThat(objects()).isZero();
            Backup old = backup(parix);
            clock.advance(Duration.ofDays(6));
            Backup young = backup(parix);
            place.server().allowOnly(roles("Restorer"));
            restoresByteForByte(parix, young, cluster);
            place.server().allowOnly(all);
            clock.advance(Duration.ofDays(1));
            work();
            assertThat(parix.backups().find(old.id())).isEmpty();
            restoresByteForByte(parix, young, cluster);
        }
    }

    @Test
    @DisplayName(
            "B3 SPI-75 with the writer's role alone a backup that was cancelled waits to be swept, until more is allowed")
    void isNotSweptByTheWriter() throws IOException {
        place.server().allowOnly(roles("Writer"));
        try (ParixBackup parix = engine(place.provider(), under(place.location()))) {
            Backup cancelled = cancelledMidway(parix);
            assertThat(objects()).isPositive();
            assertThat(parix.backups()
                            .find(cancelled.id())
                            .orElseThrow()
                            .progress()
                            .waitsFor()
                            .orElseThrow())
                    .contains("storage.objects.delete");
            place.server().allowOnly(roles("Writer", "Sweeper"));
            elapse(Duration.ofHours(1));
            assertThat(objects()).isZero();
        }
    }

    @Test
    @DisplayName(
            "C4 throttling, a failing server, lost answers and a disturbed write delay a backup, and nothing is wrong after it")
    void survivesTrouble() {
        try (ParixBackup parix = engine(place.provider(), under(place.location()))) {
            FakeGcs server = place.server();
            server.next(
                    "objects.insert",
                    (request, real) -> FakeAnswer.error(429, "rateLimitExceeded", Map.of("Retry-After", "3")));
            server.next("objects.insert", (request, real) -> FakeAnswer.error(500, "internalError"));
            server.next("objects.insert", FakeGcs.lostAnswer());
            server.next("objects.insert", (request, real) -> FakeAnswer.error(409, "conflict"));
            server.next("objects.list", (request, real) -> FakeAnswer.error(503, "backendError"));
            restoresByteForByte(parix, backup(parix), cluster);
        }
        assertThat(place.server().requests().stream()
                        .filter(each -> each.operation().equals("objects.insert"))
                        .map(FakeRequest::name)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                        .values())
                .as("what was troubled was asked again")
                .anyMatch(times -> times > 1);
    }
}
