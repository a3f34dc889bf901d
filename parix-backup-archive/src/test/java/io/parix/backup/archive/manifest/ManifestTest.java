package io.parix.backup.archive.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.Trigger;
import io.parix.backup.archive.Archives;
import io.parix.backup.archive.TestStore;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.host.ImageKind;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.spi.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final BackupId BACKUP = new BackupId("b-9");

    @TempDir
    private Path spool;

    static Manifest manifest(List<ArchivedReplica> replicas) {
        return new Manifest(
                Archives.DATABASE,
                BACKUP,
                new Manifest.Origin(Trigger.SCHEDULED, new Actor("nightly")),
                new Manifest.Times(
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-01T00:00:01.000001Z"),
                        Instant.parse("2026-01-01T00:00:02Z"),
                        Instant.parse("2026-01-01T00:10:00Z")),
                new CapturedProfile(
                        "eu-1",
                        "gcp",
                        3,
                        4,
                        ByteSize.gibibytes(8),
                        null,
                        ByteSize.gibibytes(100),
                        "private",
                        true,
                        null),
                DataFileLayout.PRODUCTION,
                replicas,
                new Totals(new ByteSize(3_000_000_000L), new ByteSize(1_000), new ByteSize(10)),
                List.of(new AttemptKey(
                        "b-9/0000000000000000007", WrappedKey.of("arn:aws:kms:eu-1:1:key/k", new byte[] {1, 2, 3, 4}))),
                List.of(new Check("K8", "skewed", Check.Outcome.WARN, "0", "1", "Image \"2\" is older.")),
                List.of("snap-1"),
                "0.1.0",
                "00112233445566778899aabbccddeeff");
    }

    static ArchivedReplica replica(int index) {
        String name = "backups/b-9/0000000000000000007-replica-" + index + ".idx";
        return new ArchivedReplica(
                new ReplicaFacts(index, 3, "340282366920938463463374607431768211455", "0.17.8", 1919, new ByteSize(99)),
                ImageKind.ATOMIC_SNAPSHOT,
                Instant.parse("2026-01-01T00:00:02Z"),
                "ab".repeat(32),
                12,
                List.of(new ObjectRef(name, 400, Checksums.of(new byte[] {(byte) index}))));
    }

    private static Manifest read(byte[] bytes) {
        return ManifestCodec.read(bytes, Archives.DATABASE, BACKUP);
    }

    private static ErrorCode refusal(String json) {
        FailedException e = catchThrowableOfType(FailedException.class, () -> read(json.getBytes(UTF_8)));
        assertThat(e).as(json).isNotNull();
        return e.code();
    }

    private static String json() {
        return new String(ManifestCodec.write(manifest(List.of(replica(0), replica(2)))), UTF_8);
    }

    @Test
    void everyValueComesBack() {
        Manifest manifest = manifest(List.of(replica(2), replica(0)));
        assertThat(read(ManifestCodec.write(manifest))).isEqualTo(manifest);
        assertThat(manifest.replicas()).extracting(r -> r.facts().index()).containsExactly(0, 2);
    }

    @Test
    @DisplayName("C3 the golden manifest of version 1 is read, and written again byte for byte")
    void theGoldenManifestIsRead() throws IOException {
        byte[] golden;
        try (InputStream in =
                ManifestTest.class.getResourceAsStream("/io/parix/backup/archive/golden/v1-manifest.json")) {
            golden = in.readAllBytes();
        }
        assertThat(read(golden)).isEqualTo(manifest(List.of(replica(0), replica(2))));
        assertThat(json().getBytes(UTF_8)).isEqualTo(golden);
    }

    @Test
    void aNewerVersionIsRefusedByType() {
        String newer = json().replace("\"version\" : 1", "\"version\" : 2").replace("\"origin\"", "\"fromTheFuture\"");
        assertThat(refusal(newer)).isEqualTo(ErrorCode.FORMAT_UNKNOWN);
        assertThat(refusal(json().replace("\"version\" : 1", "\"version\" : 0")))
                .isEqualTo(ErrorCode.OBJECT_CORRUPT);
    }

    @Test
    void anotherDatabaseOrBackupIsRefusedByType() {
        assertThat(refusal(json().replace("\"ledger-1\"", "\"ledger-2\""))).isEqualTo(ErrorCode.MANIFEST_FOREIGN);
        assertThat(refusal(json().replace("\"backup\" : \"b-9\"", "\"backup\" : \"b-8\"")))
                .isEqualTo(ErrorCode.MANIFEST_FOREIGN);
    }

    @Test
    @DisplayName("C11 the first and the last instant that a catalog keeps are read")
    void theFirstAndTheLastInstant() {
        for (String time : List.of("1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")) {
            String changed = json().replace("2026-01-01T00:10:00Z", time);
            assertThat(read(changed.getBytes(UTF_8)).times().committed()).isEqualTo(Instant.parse(time));
        }
    }

    @Test
    void aPathInANameIsRefused() {
        for (String name : List.of(
                "../../x",
                "backups/b-9/../b-8/0000000000000000007-replica-0.idx",
                "/etc/passwd",
                "backups/b-8/0000000000000000007-replica-0.idx",
                "backups/b-9/0000000000000000007-replica-1.idx",
                "backups/b-9/x\\u0000.idx")) {
            String changed = json().replace("backups/b-9/0000000000000000007-replica-0.idx", name);
            assertThat(refusal(changed)).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        }
    }

    @Test
    void unknownMissingRepeatedAndMistypedFieldsAreRefused() {
        String good = json();
        for (String bad : List.of(
                good.replace("\"library\" : \"0.1.0\"", "\"library\" : \"0.1.0\", \"more\" : 1"),
                good.replace("\"library\" : \"0.1.0\",", ""),
                good.replace("\"library\" : \"0.1.0\"", "\"library\" : \"0.1.0\", \"library\" : \"0.1.0\""),
                good.replace("\"library\" : \"0.1.0\"", "\"library\" : null"),
                good.replace("\"checkpointOp\" : 1919", "\"checkpointOp\" : \"1919\""),
                good.replace("\"checkpointOp\" : 1919", "\"checkpointOp\" : 1919.5"),
                good.replace("\"logical\" : 3000000000", "\"logical\" : -1"),
                good.replace("\"logical\" : 3000000000", "\"logical\" : 3000000000.5"),
                good.replaceFirst("(?s)\"profile\" : \\{.*?\\}", "\"profile\" : null"),
                good.replace("\"scheduled\"", "\"sometimes\""),
                good.replace("2026-01-01T00:10:00Z", "1969-12-31T23:59:59.999999Z"),
                good.replace("2026-01-01T00:10:00Z", "+10000-01-01T00:00:00Z"),
                good.replace("2026-01-01T00:10:00Z", "soon"),
                good.replace("\"messageSize\" : 1048576", "\"messageSize\" : 1073741824"),
                good.replace("\"walSlots\" : 1024", "\"walSlots\" : 16777216"),
                good.replace("\"replicas\" : [", "\"replicas\" : [ null,"),
                good + " {}",
                "{}",
                "[]",
                "null",
                "",
                "[".repeat(50_000))) {
            assertThat(bad).isNotEqualTo(good);
            assertThat(refusal(bad)).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        }
    }

    @Test
    @DisplayName(
            "C13 keys of which none is for an index of the backup, a key that is none, and two for one attempt are refused")
    void wrongKeys() {
        for (String changed : List.of(
                json().replace("b-9/0000000000000000007\"", "b-9/0000000000000000008\""),
                json().replace("\"AQIDBA==\"", "\"\""),
                json().replace("\"AQIDBA==\"", "\"no base 64\""),
                json().replace("\"arn:aws:kms:eu-1:1:key/k\"", "\"\\u0000\""))) {
            assertThat(changed).isNotEqualTo(json());
            assertThat(refusal(changed)).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        }
        String one = json().substring(
                        json().indexOf('{', json().indexOf("\"keys\"")),
                        json().indexOf("],", json().indexOf("\"keys\"")));
        assertThat(refusal(json().replace(one, one + "," + one))).isEqualTo(ErrorCode.OBJECT_CORRUPT);
    }

    @Test
    void aManifestOverTheLimitIsNeitherWrittenNorRead() {
        Check large = new Check("K8", "skewed", Check.Outcome.WARN, "", "", "x".repeat(10_000));
        Manifest m = manifest(List.of(replica(0)));
        Manifest tooLarge = new Manifest(
                m.database(),
                m.backup(),
                m.origin(),
                m.times(),
                m.profile(),
                m.layout(),
                m.replicas(),
                m.totals(),
                List.of(),
                Collections.nCopies(120, large),
                List.of(),
                "0.1.0",
                "00112233445566778899aabbccddeeff");
        assertThatThrownBy(() -> ManifestCodec.write(tooLarge)).isInstanceOf(InvalidRequestException.class);
        String padded = " ".repeat(ManifestCodec.MAX_LENGTH - json().length()) + json();
        assertThat(read(padded.getBytes(UTF_8))).isNotNull();
        assertThat(refusal(" " + padded)).isEqualTo(ErrorCode.OBJECT_CORRUPT);
    }

    @Test
    @DisplayName("C4 arbitrary bytes give a typed error or a value")
    void arbitraryBytesGiveATypedErrorOrAValue() {
        Random random = new Random(42);
        byte[] good = json().getBytes(UTF_8);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = i % 5 == 0 ? new byte[random.nextInt(200)] : good.clone();
            if (i % 5 == 0) {
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] = (byte) (i % 2 == 0 ? random.nextInt(128) : random.nextInt());
            }
            try {
                read(bytes);
            } catch (FailedException e) {
                assertThat(e.code())
                        .isIn(ErrorCode.OBJECT_CORRUPT, ErrorCode.FORMAT_UNKNOWN, ErrorCode.MANIFEST_FOREIGN);
            }
        }
    }

    @Test
    @DisplayName("C3 committing again is success, committing something else a conflict that changes nothing")
    void aManifestIsCommittedOnce() {
        TestStore store = new TestStore();
        ManifestStore manifests = new ManifestStore(new Archives(store, spool).place, Archives.call());
        byte[] bytes = json().getBytes(UTF_8);
        assertThat(manifests.backups()).isEmpty();
        manifests.commit(BACKUP, bytes);
        manifests.commit(BACKUP, bytes);
        byte[] other = ManifestCodec.write(manifest(List.of(replica(0))));
        FailedException e = catchThrowableOfType(FailedException.class, () -> manifests.commit(BACKUP, other));
        assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CONFLICT);
        assertThat(store.bytes(store.keys().get(0))).isEqualTo(bytes);
        assertThat(manifests.read(BACKUP).checksums()).isEqualTo(Checksums.of(bytes));
        assertThat(manifests.backups()).containsExactly(BACKUP);
    }

    @Test
    @DisplayName("C3 a backup without a manifest does not exist, however many pages are listed")
    void onlyBackupsWithAManifestAreListed() {
        TestStore store = new TestStore();
        Archives archives = new Archives(store, spool);
        for (int i = 10; i < 40; i++) {
            archives.place.keys();
            BackupId id = new BackupId("b-" + i);
            store.set(
                    archives.place.keys().resolve("backups/" + id + "/0000000000000000001-replica-0.idx"), new byte[1]);
            if (i % 2 == 0) {
                store.set(archives.place.keys().manifest(id), new byte[1]);
            }
        }
        List<BackupId> found = new ManifestStore(archives.place, Archives.call()).backups();
        assertThat(found).hasSize(15).first().isEqualTo(new BackupId("b-10"));
        FailedException e = catchThrowableOfType(
                FailedException.class,
                () -> new ManifestStore(archives.place, Archives.call()).read(new BackupId("b-11")));
        assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_MISSING);
    }

    @Test
    void aReplicaIsInAManifestOnce() {
        assertThatThrownBy(() -> manifest(List.of(replica(1), replica(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> manifest(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(new DatabaseId("ledger-1")).isEqualTo(Archives.DATABASE);
    }
}
