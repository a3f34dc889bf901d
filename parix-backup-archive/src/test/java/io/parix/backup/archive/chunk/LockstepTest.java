package io.parix.backup.archive.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LockstepTest {
    @Test
    void oneByteAnywhereMakesABufferNotZero() {
        for (int length : new int[] {1, 7, 8, 9, 16, 64, 100, 4096}) {
            for (int at = 0; at < length; at++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(length);
                assertThat(Lockstep.isZero(buffer)).isTrue();
                buffer.put(at, (byte) 0x80);
                assertThat(Lockstep.isZero(buffer)).as("%s of %s", at, length).isFalse();
            }
        }
    }

    @Test
    void whatLiesOutsideTheBufferDoesNotCount() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64).put(0, (byte) 1).put(63, (byte) 1);
        assertThat(Lockstep.isZero(buffer.position(1).limit(63))).isTrue();
    }

    @Test
    void dataEndsWithTheLastSectorThatIsNotZero() {
        int[] lengths = {1, 4095, 4096, 4097, 65_536, 65_537, 163_840, 524_288, 1_000_000};
        for (int length : lengths) {
            assertThat(Lockstep.dataLength(ByteBuffer.allocateDirect(length))).isZero();
            for (int last : new int[] {0, 4095, 4096, 65_535, 65_536, length / 2, length - 1}) {
                if (last < length) {
                    ByteBuffer chunk =
                            ByteBuffer.allocateDirect(length).put(0, (byte) 1).put(last, (byte) 1);
                    int sectors = Math.min(length, (last / 4096 + 1) * 4096);
                    assertThat(Lockstep.dataLength(chunk))
                            .as("%s of %s", last, length)
                            .isEqualTo(sectors);
                }
            }
        }
    }
}
