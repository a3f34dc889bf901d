package io.parix.backup.testkit.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parix.backup.Backup;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.Report;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadDataFileTest {
    private static final DataFileLayout TINY = DataFileLayout.TINY;
    private static final int COPY = DataFileLayout.SUPERBLOCK_COPY_SIZE;

    private final Story story = new Story();

    @AfterEach
    void close() {
        story.close();
    }

    /** A change of one file of the set, replica 1's. */
    private interface Change {
        byte[] of(byte[] file);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                bad("empty", "file-empty", file -> new byte[0]),
                bad("one byte long", "superblock-not-found", file -> Arrays.copyOf(file, 1)),
                bad("cut off in the superblock", "superblock-quorum-lost", file -> Arrays.copyOf(file, COPY - 1)),
                bad("cut off in the log", "file-truncated", file -> Arrays.copyOf(file, (int) TINY.prepareOffset(3))),
                bad("cut off in the grid", "grid-cut-off", file -> Arrays.copyOf(file, (int) TINY.blockOffset(3))),
                bad("cut off by a byte", "length-not-sectors", file -> Arrays.copyOf(file, file.length - 1)),
                bad("followed by garbage", "length-not-sectors", file -> Arrays.copyOf(file, file.length + 5)),
                bad("all zero", "superblock-not-found", file -> new byte[file.length]),
                bad("foreign", "superblock-not-found", BadDataFileTest::noise),
                bad("another cluster's", "configuration-mismatch", file -> ofAnotherCluster()),
                bad(
                        "another replica's",
                        "replica-twice",
                        file -> Story.files(Story.CLUSTER).get(2)));
    }

    private static Arguments bad(String what, String code, Change change) {
        return arguments(what, code, change);
    }

    private static byte[] noise(byte[] file) {
        byte[] noise = new byte[file.length];
        new Random(3).nextBytes(noise);
        return noise;
    }

    private static byte[] ofAnotherCluster() {
        return Story.files(SyntheticCluster.builder(TINY)
                        .cluster(BigInteger.TEN)
                        .seed(11)
                        .build())
                .get(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("unusable")
    @DisplayName("C5 I4 a file that is no whole replica is refused by code; nothing is stored, nothing is changed")
    void refused(String what, String code, Change change) {
        assertRefused(replaced(change), code);
    }

    @Test
    @DisplayName("C5 a replica that is missing is refused by code")
    void missing() {
        List<byte[]> files = Story.files(Story.CLUSTER);

        assertRefused(List.of(files.get(0), files.get(2)), "replica-missing");
    }

    @Test
    @DisplayName("C5 replicas in any order are one cluster: the files say which is which")
    void swapped() {
        List<byte[]> files = Story.files(Story.CLUSTER);
        story.host.files(Story.DATABASE, List.of(files.get(2), files.get(0), files.get(1)));

        Backup backup = story.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(story.verify(backup, VerificationLevel.DATABASE_CHECKED).passed())
                .isTrue();
    }

    @Test
    @DisplayName("C5 whole sectors of zeros after the last block are healthy")
    void oversizedBySectors() {
        story.host.files(Story.DATABASE, replaced(file -> Arrays.copyOf(file, file.length + 8 * 4096)));

        assertThat(story.backup().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("C5 up to two broken superblock copies are accepted with a note that names them")
    void copiesBroken(int broken) {
        story.host.files(Story.DATABASE, replaced(file -> withBrokenCopies(file, broken)));

        Backup backup = story.backup();

        Report notes = backup.completed().orElseThrow().warnings();
        assertThat(notes.checks())
                .filteredOn(check -> check.code().equals("superblock-copy-broken"))
                .hasSize(broken);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    @DisplayName("C5 three broken superblock copies are refused, and four")
    void quorumBroken(int broken) {
        assertRefused(
                replaced(file -> withBrokenCopies(file, broken)),
                broken == 4 ? "superblock-not-found" : "superblock-quorum-lost");
    }

    static Stream<Arguments> zones() {
        return Stream.of(
                arguments("a log header", TINY.headerOffset(slot()) + 20, "log-header-broken"),
                arguments("a prepare's header", TINY.prepareOffset(slot()) + 20, "prepare-torn"),
                arguments("a prepare's body", TINY.prepareOffset(slot()) + 300, "prepare-torn"),
                arguments("a block's header", firstTable() + 20, "grid-blocks-broken"),
                arguments("a block's body", firstTable() + 300, "grid-blocks-broken"));
    }

    private static int slot() {
        return (int) (Story.CLUSTER.head() % TINY.walSlots());
    }

    private static long firstTable() {
        return TINY.blockOffset(Story.CLUSTER.tables().get(0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("zones")
    @DisplayName("C10 a bit flipped in the log or the grid is refused, noted, or found by the database check")
    void bitFlipped(String what, long offset, String code) {
        List<byte[]> bad = replaced(file -> flipped(file, offset));
        story.host.files(Story.DATABASE, bad.stream().map(byte[]::clone).toList());

        Backup backup = story.backup();

        List<Check> told =
                new ArrayList<>(backup.failed().map(f -> f.report().checks()).orElse(List.of()));
        backup.completed().ifPresent(done -> {
            told.addAll(done.warnings().checks());
            told.addAll(story.verify(backup, VerificationLevel.DATABASE_CHECKED)
                    .report()
                    .checks());
        });
        assertThat(told)
                .filteredOn(c -> c.outcome() != Check.Outcome.PASS)
                .extracting(Check::code)
                .contains(code);
        assertLiveIs(bad);
    }

    private static List<byte[]> replaced(Change change) {
        List<byte[]> files = new ArrayList<>(Story.files(Story.CLUSTER));
        files.set(1, change.of(files.get(1)));
        return files;
    }

    private static byte[] withBrokenCopies(byte[] file, int broken) {
        IntStream.range(0, broken).forEach(copy -> file[copy * COPY + 100] ^= 1);
        return file;
    }

    private static byte[] flipped(byte[] file, long offset) {
        file[Math.toIntExact(offset)] ^= 1;
        return file;
    }

    /** The set is refused with a finding of this code; an earlier backup, the neighbour and the files are as they were. */
    private void assertRefused(List<byte[]> bad, String code) {
        Backup earlier = story.backup();
        story.backup(Story.NEIGHBOUR);
        Map<String, String> stored = story.stored();
        story.host.files(Story.DATABASE, bad.stream().map(byte[]::clone).toList());
        Backup failed = story.backup();

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.REPLICA_SET_REFUSED);
        assertThat(failed.failed().orElseThrow().report().failures())
                .extracting(Check::code)
                .contains(code);
        assertThat(story.stored()).isEqualTo(stored);
        assertThat(story.verify(earlier, VerificationLevel.READ_BACK).passed()).isTrue();
        assertLiveIs(bad);
    }

    private void assertLiveIs(List<byte[]> expected) {
        assertThat(story.live()).isEqualTo(Story.contents(expected));
    }
}
