package io.parix.backup.archive.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.chunk.ChunkHasher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private static final int LONGEST = 8192;

    private static byte[] segment(List<byte[]> chunks) {
        SegmentBuilder builder = new SegmentBuilder(new byte[1 << 20], 1 << 20);
        try (ChunkEncoder encoder = new ChunkEncoder(1, LONGEST)) {
            for (byte[] chunk : chunks) {
                ByteBuffer direct =
                        ByteBuffer.allocateDirect(chunk.length).put(chunk).flip();
                builder.add(new ChunkHasher().id(direct), encoder.encode(direct));
            }
        }
        SegmentBuilder.Sealed sealed = builder.seal();
        return Arrays.copyOf(sealed.bytes(), sealed.length());
    }

    private static List<byte[]> chunks(Random random) {
        List<byte[]> chunks = new ArrayList<>();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            byte[] chunk = new byte[1 + random.nextInt(LONGEST)];
            if (random.nextBoolean()) {
                random.nextBytes(chunk);
            } else {
                Arrays.fill(chunk, (byte) random.nextInt());
            }
            chunks.add(chunk);
        }
        return chunks;
    }

    @Test
    void everyChunkComesBack() {
        for (int seed = 0; seed < 200; seed++) {
            List<byte[]> chunks = chunks(new Random(seed));
            byte[] bytes = segment(chunks);
            List<SegmentReader.Entry> entries = SegmentReader.read("s", bytes, bytes.length);
            assertThat(entries).hasSameSizeAs(chunks);
            try (ChunkDecoder decoder = new ChunkDecoder(LONGEST)) {
                for (int i = 0; i < chunks.size(); i++) {
                    SegmentReader.Entry e = entries.get(i);
                    ByteBuffer chunk =
                            decoder.decode(bytes, 0, e.stored(), e.rawLength()).orElseThrow();
                    assertThat(chunk).isEqualTo(ByteBuffer.wrap(chunks.get(i)));
                }
            }
        }
    }

    @Test
    void chunksThatDoNotCompressAreStoredAsTheyAre() {
        byte[] noise = new byte[LONGEST];
        new Random(1).nextBytes(noise);
        byte[] bytes = segment(List.of(noise, new byte[LONGEST]));
        List<SegmentReader.Entry> entries = SegmentReader.read("s", bytes, bytes.length);
        assertThat(entries.get(0).stored().encoding()).isEqualTo(Encoding.RAW);
        assertThat(entries.get(1).stored().encoding()).isEqualTo(Encoding.ZSTD);
    }

    @Test
    @DisplayName("C4 the golden segment of version 1 is read, and written again byte for byte")
    void theGoldenSegmentIsRead() throws IOException {
        byte[] golden;
        try (InputStream in = SegmentTest.class.getResourceAsStream("/io/parix/backup/archive/golden/v1.seg")) {
            golden = in.readAllBytes();
        }
        byte[] counting = new byte[300];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) (i * i * 31 + i / 7);
        }
        byte[] sevens = new byte[LONGEST];
        Arrays.fill(sevens, (byte) 7);
        assertThat(segment(List.of(counting, sevens))).isEqualTo(golden);
    }

    @Test
    void aNewerVersionIsRefusedByType() {
        byte[] bytes = segment(List.of(new byte[100]));
        bytes[8] = 2;
        FailedException e =
                catchThrowableOfType(FailedException.class, () -> SegmentReader.read("s", bytes, bytes.length));
        assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN);
    }

    @Test
    @DisplayName("C4 arbitrary bytes give a typed error or a value, and bounded memory")
    void arbitraryBytesGiveATypedErrorOrAValue() {
        Random random = new Random(42);
        byte[] good = segment(chunks(new Random(3)));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 4 == 0 ? new byte[random.nextInt(400)] : good.clone();
            if (i % 4 == 0) {
                random.nextBytes(bytes);
            } else {
                int near = i % 4 == 1 ? bytes.length : Math.min(bytes.length, 120);
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bytes[bytes.length - 1 - random.nextInt(near)] = (byte) random.nextInt();
                }
            }
            int length = i % 4 == 3 ? random.nextInt(bytes.length + 1) : bytes.length;
            try {
                SegmentReader.read("s", bytes, length);
            } catch (FailedException e) {
                assertThat(e.code()).isIn(ErrorCode.OBJECT_CORRUPT, ErrorCode.FORMAT_UNKNOWN);
            }
        }
    }

    @Test
    void aFrameThatWouldGrowBeyondItsChunkIsRefused() {
        byte[] bytes = segment(List.of(new byte[LONGEST]));
        SegmentReader.Entry e = SegmentReader.read("s", bytes, bytes.length).get(0);
        try (ChunkDecoder decoder = new ChunkDecoder(LONGEST)) {
            assertThat(decoder.decode(bytes, 0, e.stored(), LONGEST)).isPresent();
            assertThat(decoder.decode(bytes, 0, e.stored(), LONGEST - 1)).isEmpty();
            assertThat(decoder.decode(bytes, 0, e.stored(), 1 << 30)).isEmpty();
        }
    }

    @Test
    void thereIsNoSegmentWithoutChunks() {
        ObjectRef object = new ObjectRef("s", 100, io.parix.backup.spi.Checksums.of(new byte[0]));
        assertThatThrownBy(() -> new SegmentRef(object, java.time.Instant.EPOCH, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
