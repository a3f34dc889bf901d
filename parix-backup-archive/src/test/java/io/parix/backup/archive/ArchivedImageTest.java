package io.parix.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.verify.ArchivedImage;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivedImageTest {
    @TempDir
    private Path spool;

    private final TestStore store = new TestStore();
    private final TestImage image = TestImage.random(1, 300);

    private byte[] read(ArchivedImage archived, long position, int length) {
        ByteBuffer target = ByteBuffer.allocate(length);
        int read = archived.read(position, target);
        return Arrays.copyOf(target.array(), read);
    }

    @Test
    @DisplayName("C10 a stored replica reads as the file that it was, anywhere")
    void readsAsTheFile() {
        Archives archives = new Archives(store, spool);
        Manifest manifest = archives.back("b-1", null, List.of(image));
        try (ArchivedImage archived = ArchivedImage.open(archives.place, manifest, 0, archives.bench())) {
            byte[] bytes = image.bytes();
            assertThat(archived.length()).isEqualTo(bytes.length);
            assertThat(read(archived, 0, bytes.length + 10)).isEqualTo(bytes);
            assertThat(read(archived, bytes.length, 10)).isEmpty();
            Random random = new Random(3);
            for (int i = 0; i < 300; i++) {
                int from = random.nextInt(bytes.length);
                int length = random.nextInt(20_000);
                int to = Math.min(bytes.length, from + length);
                assertThat(read(archived, from, length)).isEqualTo(Arrays.copyOfRange(bytes, from, to));
            }
        }
    }

    @Test
    void skipsWhatIsZero() {
        Archives archives = new Archives(store, spool);
        TestImage sparse = new TestImage(new byte[600_000]).withChunk(90, 4);
        Manifest manifest = archives.back("b-1", null, List.of(sparse));
        try (ArchivedImage archived = ArchivedImage.open(archives.place, manifest, 0, archives.bench())) {
            long data = TestImage.LAYOUT.chunkOffset(90);
            assertThat(archived.nextData(0)).isEqualTo(data);
            assertThat(archived.nextData(data + 7)).isEqualTo(data + 7);
            assertThat(archived.nextData(data + 4096)).isEqualTo(600_000);
        }
    }

    @Test
    void ascendingAccessFetchesNeighboursTogether() {
        Archives archives = new Archives(store, spool);
        Manifest manifest = archives.back("b-1", null, List.of(image));
        store.gets.set(0);
        try (ArchivedImage archived = ArchivedImage.open(archives.place, manifest, 0, archives.bench())) {
            for (long at = 0; at < archived.length(); at += 4096) {
                read(archived, at, 4096);
            }
        }
        long segments =
                store.keys().stream().filter(k -> k.name().endsWith(".seg")).count();
        assertThat(store.gets.get()).isLessThan((int) (3 * segments + 3));
    }

    private static FailedException damage(ThrowingCallable reading) {
        return catchThrowableOfType(FailedException.class, reading);
    }

    @Test
    @DisplayName(
            "C4 I4 what the place refuses to read is told in its words, and is damage only where the object is gone or too short")
    void tellsARefusalFromDamage() {
        Archives archives = new Archives(store, spool);
        Manifest manifest = archives.back("b-1", null, List.of(image));
        List<ObjectKey> segments =
                store.keys().stream().filter(key -> key.name().endsWith(".seg")).toList();
        try (ArchivedImage archived = ArchivedImage.open(archives.place, manifest, 0, archives.bench())) {
            store.archive(segments::contains);
            assertThat(catchThrowableOfType(ProviderException.class, () -> read(archived, 0, image.bytes().length)))
                    .hasMessageContaining("restore it first")
                    .extracting(ProviderException::kind)
                    .isEqualTo(ErrorKind.INVALID_REQUEST);
            store.archive(key -> false);
            segments.forEach(key -> store.truncate(key, store.bytes(key).length - 50));
            FailedException shorter = damage(() -> read(archived, 0, image.bytes().length));
            assertThat(shorter.code()).isEqualTo(ErrorCode.OBJECT_CORRUPT);
            assertThat(shorter).hasMessageContaining("has 50 bytes");
            segments.forEach(store::lose);
            assertThat(damage(() -> read(archived, 0, image.bytes().length)).code())
                    .isEqualTo(ErrorCode.OBJECT_MISSING);
        }
    }

    @Test
    @DisplayName("C4 a flipped byte is never given out")
    void aFlippedByteIsNeverGivenOut() {
        Archives archives = new Archives(store, spool);
        Manifest manifest = archives.back("b-1", null, List.of(image));
        store.keys().stream().filter(k -> k.name().endsWith(".seg")).forEach(k -> store.flip(k, 40));
        try (ArchivedImage archived = ArchivedImage.open(archives.place, manifest, 0, archives.bench())) {
            assertThatThrownBy(() -> read(archived, 0, image.bytes().length))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining(".seg");
        }
    }
}
