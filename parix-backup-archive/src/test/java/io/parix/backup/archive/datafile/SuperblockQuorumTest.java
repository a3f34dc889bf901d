package io.parix.backup.archive.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every mixture of superblock copies that was tried with TigerBeetle itself.
 *
 * <p>a is the file's superblock, n its proper successor, x a successor with a wrong parent, m one with sequence + 2, f
 * one of the same sequence with other content, d a successor whose commit went back, - a broken copy.
 */
class SuperblockQuorumTest {
    private static RealImage file = new RealImage("", 0, Map.of());
    private static byte[] original = {};

    @BeforeAll
    static void unpack() {
        file = RealFiles.set("single").get(0);
        original = file.bytes(0, SuperblockFormat.HEADER_SIZE);
    }

    @ParameterizedTest(name = "{0} opens with {1}")
    @CsvSource({"aaaa, a", "aaan, a", "aann, n", "annn, n", "aan-, a", "aax-, a", "aamm, m", "--aa, a"})
    @DisplayName("C5 accepts what TigerBeetle opens")
    void accepts(String copies, char winner) {
        DataFileReading reading = DataFile.read(image(copies));
        long expected = sequence(original) + (winner == 'a' ? 0 : winner == 'n' ? 1 : 2);
        assertThat(reading.orThrow().superblock().sequence()).isEqualTo(expected);
        assertThat(reading.report().warnings().isEmpty()).isEqualTo(copies.equals("aaaa"));
    }

    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource({
        "a-n-, superblock-quorum-lost",
        "---a, superblock-quorum-lost",
        "----, superblock-not-found",
        "aaxx, superblock-parent-not-connected",
        "aaam, superblock-parent-skipped",
        "aaff, superblock-forked",
        "aaaf, superblock-forked",
        "aadd, superblock-not-monotonic"
    })
    @DisplayName("C5 refuses what TigerBeetle refuses, each with its own code")
    void refuses(String copies, String code) {
        DataFileReading reading = DataFile.read(image(copies));
        assertThat(reading.dataFile()).isEmpty();
        assertThat(reading.report().failures()).extracting(Check::code).containsExactly(code);
        assertThat(reading.report().failures().get(0).sentence()).contains("offset");
    }

    @Test
    @DisplayName("C5 copy 0 in two slots counts once")
    void countsTheSameCopyOnce() {
        RealImage twice = image("aa--").with(at(1) + SuperblockFormat.COPY, new byte[2]);
        assertThat(DataFile.read(twice).report().failures())
                .extracting(Check::code)
                .containsExactly("superblock-quorum-lost");
    }

    @Test
    @DisplayName("C5 a copy with an impossible number counts as the slot it lies in")
    void countsAMisnumberedCopyByItsSlot() {
        RealImage misnumbered = image("aa--").with(at(1) + SuperblockFormat.COPY, new byte[] {(byte) 255, 0});
        DataFileReading reading = DataFile.read(misnumbered);
        assertThat(reading.report().passed()).isTrue();
        assertThat(reading.report().warnings()).extracting(Check::code).contains("superblock-copy-misnumbered");
    }

    @Test
    @DisplayName("C5 an unknown version is refused although its checksum is true")
    void refusesAnUnknownVersion() {
        RealImage other = file;
        for (int slot = 0; slot < 4; slot++) {
            byte[] header = changed(h -> h.putShort(SuperblockFormat.VERSION, (short) 3));
            header[SuperblockFormat.COPY] = (byte) slot;
            other = other.with(at(slot), header);
        }
        assertThat(DataFile.read(other).report().failures())
                .extracting(Check::code)
                .containsExactly("superblock-version-unknown");
    }

    @Test
    @DisplayName("C5 a changed byte in a copy's padding is harmless, as it is to TigerBeetle")
    void ignoresPadding() {
        DataFileReading reading = DataFile.read(file.flipped(at(2) + SuperblockFormat.HEADER_SIZE));
        assertThat(reading.report().passed()).isTrue();
        assertThat(reading.report().warnings()).isEmpty();
    }

    @Test
    @DisplayName("C5 the last byte that the checksum covers is not harmless")
    void noticesTheLastByteOfTheHeader() {
        DataFileReading reading = DataFile.read(file.flipped(at(2) + SuperblockFormat.HEADER_SIZE - 1));
        assertThat(reading.report().passed()).isTrue();
        assertThat(reading.report().warnings())
                .extracting(Check::sentence)
                .containsExactly("Superblock copy 2 at offset 49152 has a wrong checksum.");
    }

    private static RealImage image(String copies) {
        RealImage image = file;
        for (int slot = 0; slot < copies.length(); slot++) {
            byte[] header = header(copies.charAt(slot));
            header[SuperblockFormat.COPY] = (byte) slot;
            image = image.with(at(slot), header);
        }
        return image;
    }

    private static byte[] header(char kind) {
        long sequence = sequence(original);
        return switch (kind) {
            case 'a' -> original.clone();
            case 'n' -> changed(h -> successor(h, sequence + 1));
            case 'x' -> changed(h -> successor(h, sequence + 1).put(SuperblockFormat.PARENT, (byte) 1));
            case 'm' -> changed(h -> successor(h, sequence + 2));
            case 'f' -> changed(h -> h.putInt(SuperblockFormat.VIEW, 77));
            case 'd' -> changed(h -> successor(h, sequence + 1).putLong(SuperblockFormat.COMMIT_MAX, 1));
            default -> {
                byte[] broken = original.clone();
                Arrays.fill(broken, 200, 300, (byte) 0x5a);
                yield broken;
            }
        };
    }

    private static ByteBuffer successor(ByteBuffer header, long sequence) {
        header.putLong(SuperblockFormat.SEQUENCE, sequence);
        UInt128 parent = UInt128.read(original, SuperblockFormat.CHECKSUM);
        header.putLong(SuperblockFormat.PARENT, parent.low());
        return header.putLong(SuperblockFormat.PARENT + 8, parent.high());
    }

    private static byte[] changed(Consumer<ByteBuffer> change) {
        byte[] header = original.clone();
        change.accept(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN));
        SuperblockFormat.seal(header, 0);
        return header;
    }

    private static long sequence(byte[] header) {
        return Bytes.u64(header, SuperblockFormat.SEQUENCE);
    }

    private static long at(int slot) {
        return (long) slot * DataFileLayout.SUPERBLOCK_COPY_SIZE;
    }
}
