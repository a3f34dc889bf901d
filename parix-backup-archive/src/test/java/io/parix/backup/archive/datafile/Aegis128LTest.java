package io.parix.backup.archive.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C5 AEGIS-128L, TigerBeetle's checksum")
class Aegis128LTest {
    /** Tags of spans of zeros, of counted bytes, and of 0xff, as Zig's {@code std.crypto} makes them. */
    @ParameterizedTest(name = "{0} bytes")
    @CsvSource({
        "0, 83cc600dc4e3e7e62d4055826174f149, 83cc600dc4e3e7e62d4055826174f149, 83cc600dc4e3e7e62d4055826174f149",
        "1, 6e12b8774264fed574e418fe77b706bc, 6e12b8774264fed574e418fe77b706bc, b24099ed801b571987d980f3fb0021fd",
        "15, 3a763c881f97490b23f1a543147658b1, 977666ded767116cd35c3d7ff44d9d60, 3497d8b4525a12eace0c736c02c9ee1b",
        "16, f72ad48dd05dd1656133101cd4be3a26, e8e0378638d7e8c7d35abf3499963d99, c89aad8fddafae1cc3985b27ec35bf57",
        "32, 087545991d8771ea723fef90d9f515cd, 2a7ca5353eba9161dc6c83c36d2e6adb, afc74515ecf274d415a13b7514a611bc",
        "33, 6e8e73d4abef7c822c07fa88b3e9ae71, 205dbc4d693090b206092b05c26870c4, 7d2720a3457059b478a93ce3fffdf3db",
        "255, bca5140814edc648048849e02ae32280, f61f395c948c8884ea495f34cffe2fc5, 0fe028c1647c1bad3875aa1e06fbac32",
        "4096, 4b1a312c1d8925c473be7992e3d8eb80, 1a6024c028f73a57736daddc54308dbc, aaf5728f5d95b588289d29257161e696"
    })
    void givesTheTagsOfTheReference(int length, String zeros, String counted, String ones) {
        byte[] bytes = new byte[length];
        assertThat(tag(Aegis128L.checksum(bytes))).isEqualTo(zeros);
        Arrays.fill(bytes, (byte) 0xff);
        assertThat(tag(Aegis128L.checksum(bytes))).isEqualTo(ones);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        assertThat(tag(Aegis128L.checksum(bytes))).isEqualTo(counted);
    }

    @Test
    void doesNotDependOnHowTheBytesComeInPieces() {
        Random random = new Random(7);
        byte[] bytes = new byte[1000];
        random.nextBytes(bytes);
        UInt128 whole = Aegis128L.checksum(bytes);
        Aegis128L streaming = new Aegis128L();
        for (int round = 0; round < 200; round++) {
            int at = 0;
            while (at < bytes.length) {
                int piece = Math.min(bytes.length - at, random.nextInt(70));
                streaming.update(bytes, at, piece);
                at += piece;
            }
            assertThat(streaming.finish()).isEqualTo(whole);
        }
    }

    @Test
    void takesHeapAndDirectBuffersFromTheirPosition() {
        byte[] bytes = new byte[20_000];
        new Random(8).nextBytes(bytes);
        UInt128 expected = Aegis128L.checksum(bytes, 5, bytes.length - 5);
        ByteBuffer heap = ByteBuffer.wrap(bytes).position(5);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().position(5);
        assertThat(new Aegis128L().update(heap).finish()).isEqualTo(expected);
        assertThat(new Aegis128L().update(direct).finish()).isEqualTo(expected);
        assertThat(heap.hasRemaining() || direct.hasRemaining()).isFalse();
    }

    @Test
    void changesWithEveryBit() {
        byte[] bytes = new byte[64];
        UInt128 before = Aegis128L.checksum(bytes);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Aegis128L.checksum(bytes)).isNotEqualTo(before);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    private static String tag(UInt128 checksum) {
        byte[] bytes = new byte[UInt128.SIZE];
        checksum.write(bytes, 0);
        return HexFormat.of().formatHex(bytes);
    }
}
