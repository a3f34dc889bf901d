package io.parix.backup.archive.datafile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A real file, damaged in one way at a time: each way has its own code, and the sentence names the offset. */
class DamageTest {
    private static final DataFileLayout LAYOUT = DataFileLayout.PRODUCTION;
    private final RealImage healthy = RealFiles.set("single").get(0);

    @Test
    @DisplayName("C5 an empty file")
    void empty() {
        assertRefused(new RealImage("empty", 0, Map.of()), "file-empty");
    }

    @Test
    @DisplayName("C5 a file of zeros")
    void zeros() {
        RealImage zeros = new RealImage("zeros", healthy.length(), Map.of());
        assertRefused(zeros, "superblock-not-found");
        assertThat(DataFile.read(zeros).report().warnings())
                .extracting(Check::code)
                .containsOnly("superblock-copy-zero");
    }

    @Test
    @DisplayName("C5 a foreign file")
    void foreign() {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        assertRefused(new RealImage("noise", 0, Map.of()).withLength(1 << 20).with(0, noise), "superblock-not-found");
    }

    @Test
    @DisplayName("C5 a file cut off before its grid, and its twin that is just long enough to read")
    void truncated() {
        assertRefused(healthy.withLength(LAYOUT.gridOffset() - 4096), "file-truncated");
        assertThat(DataFile.read(healthy.withLength(LAYOUT.gridOffset()))
                        .report()
                        .passed())
                .isTrue();
        assertRefused(healthy.withLength(8191), "superblock-not-found");
        assertRefused(healthy.withLength(24576 + 8192), "file-truncated");
    }

    @Test
    @DisplayName("C5 a file with a part of a sector added or missing")
    void notWholeSectors() {
        assertRefused(healthy.withLength(healthy.length() + 1), "length-not-sectors");
        assertRefused(healthy.withLength(healthy.length() - 1), "length-not-sectors");
        assertThat(DataFile.read(healthy.withLength(healthy.length() + 4096))
                        .report()
                        .passed())
                .isTrue();
    }

    @Test
    @DisplayName("C5 one and two broken superblock copies are warnings, three and four refuse")
    void brokenCopies() {
        RealImage damaged = healthy;
        for (int broken = 1; broken <= 4; broken++) {
            long offset = (broken - 1) * 24576L;
            damaged = damaged.flipped(offset + 100);
            Report report = DataFile.read(damaged).report();
            assertThat(report.warnings()).hasSize(broken).allMatch(c -> c.code().equals("superblock-copy-broken"));
            assertThat(report.warnings().get(broken - 1).sentence()).contains("offset " + offset);
            assertThat(report.passed()).isEqualTo(broken <= 2);
        }
        assertRefused(damaged, "superblock-not-found");
    }

    @Test
    @DisplayName("C5 a log lost in both rings is refused, a single broken header is a warning")
    void lostLog() {
        RealImage one = healthy.flipped(LAYOUT.headerOffset(5) + 20);
        assertThat(DataFile.read(one).report().passed()).isTrue();
        assertThat(DataFile.read(one).report().warnings())
                .extracting(Check::sentence)
                .containsExactly("The header of log slot 5 at offset " + LAYOUT.headerOffset(5) + " is broken.");
        RealImage all = healthy.zeroed(LAYOUT.walHeadersOffset(), LAYOUT.walHeadersSize());
        for (int slot = 0; slot <= LAYOUT.writesInFlight(); slot++) {
            assertThat(DataFile.read(all).report().passed()).isTrue();
            all = all.zeroed(LAYOUT.prepareOffset(slot), 256);
        }
        assertRefused(all, "log-lost");
        // What is listed of one kind is bounded.
        assertThat(DataFile.read(all).report().checks())
                .filteredOn(c -> c.code().equals("log-header-broken"))
                .hasSize(17)
                .last()
                .matches(c -> c.sentence().contains("1024 in all"));
    }

    @Test
    @DisplayName("C10 a grid that is cut off, although TigerBeetle starts from it")
    void gridCutOff() {
        RealImage cut = healthy.withLength(LAYOUT.blockOffset(20));
        assertThat(DataFile.read(cut).report().passed()).isTrue();
        assertCheckFails(cut, "grid-cut-off");
        assertThat(ReplicaSet.check(List.of(DataFile.read(cut))).failures())
                .extracting(Check::rule, Check::code)
                .containsExactly(tuple("K2", "grid-cut-off"));
    }

    @Test
    @DisplayName("C10 one block zeroed, flipped in its header, flipped in its body, put at a wrong place")
    void brokenBlocks() {
        long offset = LAYOUT.blockOffset(7);
        assertThat(assertCheckFails(healthy.zeroed(offset, 4096), "block-zero").sentence())
                .isEqualTo("Grid block 7 at offset " + offset + " is zero.");
        assertCheckFails(healthy.flipped(offset + 130), "block-header-broken");
        assertCheckFails(healthy.flipped(offset + 300), "block-body-broken");
        assertCheckFails(healthy.with(offset, healthy.bytes(LAYOUT.blockOffset(8), 4096)), "block-misplaced");
    }

    @Test
    @DisplayName("C10 bytes after a block's end are not looked at")
    void staleTails() {
        long tail = LAYOUT.blockOffset(43) + 4096;
        assertThat(DatabaseCheck.of(healthy.withLength(tail + 4096).flipped(tail))
                        .failures())
                .isEmpty();
    }

    @Test
    @DisplayName("C10 the blocks that say which blocks are in use")
    void brokenTrailers() {
        assertCheckFails(healthy.flipped(LAYOUT.blockOffset(43) + 256), "acquired-blocks-broken");
        assertCheckFails(healthy.flipped(LAYOUT.blockOffset(42) + 256), "client-sessions-broken");
        assertCheckFails(healthy.flipped(LAYOUT.blockOffset(41) + 256), "manifest-broken");
    }

    @Test
    @DisplayName("C10 a torn prepare after the checkpoint, and its twin before the checkpoint that nobody needs")
    void tornPrepare() {
        long after = LAYOUT.prepareOffset(1000);
        Check finding = assertCheckFails(healthy.flipped(after + 300), "prepare-torn");
        assertThat(finding.sentence()).contains("operation 1000", "offset " + after);
        assertCheckFails(healthy.flipped(after + 30), "prepare-torn");
        assertThat(DatabaseCheck.of(healthy.flipped(LAYOUT.prepareOffset(900) + 300))
                        .failures())
                .isEmpty();
    }

    @Test
    @DisplayName("C10 a newest prepare that was being written when the image was cut is a warning in a set of three")
    void unfinishedPrepare() {
        RealImage image = RealFiles.set("three-clean").get(0);
        int slot = 2112 % 1024;
        RealImage cut = image.flipped(LAYOUT.prepareOffset(slot) + 300)
                .with(LAYOUT.headerOffset(slot), image.bytes(LAYOUT.headerOffset(slot - 1), 256));
        Report report = DatabaseCheck.of(cut);
        assertThat(report.failures()).isEmpty();
        assertThat(report.warnings()).extracting(Check::code).contains("prepare-unfinished");
        assertCheckFails(image.flipped(LAYOUT.prepareOffset(slot) + 300), "prepare-torn");
    }

    @Test
    @DisplayName("C5 an image that gives fewer bytes than its length is a coded error with the offset")
    void unreadable() {
        RealImage lying = healthy.withLength(healthy.length());
        assertThatThrownBy(() -> DataFile.read(new FailingImage(lying, LAYOUT.prepareOffset(3))))
                .isInstanceOfSatisfying(FailedException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE);
                    assertThat(e).hasMessageContaining("offset " + LAYOUT.prepareOffset(3));
                });
    }

    private static void assertRefused(RealImage image, String code) {
        DataFileReading reading = DataFile.read(image);
        assertThat(reading.report().failures()).extracting(Check::code).containsExactly(code);
        assertThatThrownBy(reading::orThrow).isInstanceOfSatisfying(FailedException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_A_DATA_FILE);
            assertThat(e.report()).isEqualTo(reading.report());
        });
        assertThat(ReplicaSet.check(List.of(reading)).failures())
                .extracting(Check::code)
                .contains("data-file-unusable");
    }

    private static Check assertCheckFails(RealImage image, String code) {
        List<Check> failures = DatabaseCheck.of(image).failures();
        assertThat(failures).extracting(Check::code).contains(code);
        assertThat(failures).allMatch(c -> c.rule().equals("C10"));
        return failures.stream().filter(c -> c.code().equals(code)).findFirst().orElseThrow();
    }
}
