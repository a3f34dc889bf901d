package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements IMG-07 to IMG-10: what an image says of itself, and how it is read. */
public interface ImageContract extends ReplicaImagesFixture {
    @Test
    @DisplayName("IMG-07 each image has a name of its own, for people, and a kind, and keeps both")
    default void saysWhatItIs() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        List<Image> images = trial.ready(trial.attempt("b1", 1));
        List<String> names = images.stream().map(Image::name).toList();
        List<ImageKind> kinds = images.stream().map(Image::kind).toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).isNotBlank());
        assertThat(kinds).doesNotContainNull();
        assertThat(images).extracting(Image::name).isEqualTo(names);
        assertThat(images).extracting(Image::kind).isEqualTo(kinds);
    }

    @Test
    @DisplayName("IMG-07 a replica whose image is called stopped does not run while it is held")
    default void isStoppedWhereItSaysSo() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        Optional<Boolean> before = running(trial.images, database());
        assumeTrue(before.isPresent(), "not verified: the fixture cannot tell whether replicas run");
        List<Image> images = trial.ready(trial.attempt("b1", 1));
        if (images.stream().map(Image::kind).toList().contains(ImageKind.STOPPED)) {
            assertThat(running(trial.images, database())).hasValue(false);
        }
        trial.images.release(trial.attempt("b1", 1));
        assertThat(running(trial.images, database())).isEqualTo(before);
    }

    /** An image, and the bytes that it must have. */
    private Image first(ImageTrial trial) throws Exception {
        return trial.ready(trial.attempt("b1", 1)).get(0);
    }

    @Test
    @DisplayName("IMG-08 reading fills the buffer up to its limit, from any position, and stops at the end")
    default void readsAnywhere() throws Exception {
        Image image = first(ImageTrial.of(this));
        byte[] whole = ImageTrial.bytes(image);
        int length = whole.length;
        assertThat(image.length()).isEqualTo(length);
        for (int position : new int[] {0, 1, 511, 4_096, length / 2, length - 7, length - 1}) {
            for (ByteBuffer target : List.of(ByteBuffer.allocate(6_000), ByteBuffer.allocateDirect(6_000))) {
                target.position(3).limit(5_003);
                int expected = Math.min(5_000, length - position);
                assertThat(image.read(position, target))
                        .as("read at %d", position)
                        .isEqualTo(expected);
                assertThat(target.position()).isEqualTo(3 + expected);
                byte[] read = new byte[6_000];
                target.clear().get(read);
                assertThat(Arrays.copyOfRange(read, 3, 3 + expected))
                        .isEqualTo(Arrays.copyOfRange(whole, position, position + expected));
                Arrays.fill(read, 3, 3 + expected, (byte) 0);
                assertThat(read).containsOnly(0);
            }
        }
        assertThat(image.length()).isEqualTo(length);
    }

    @Test
    @DisplayName("IMG-08 at the end and past it nothing is read, and that is no error")
    default void readsPastTheEnd() throws Exception {
        Image image = first(ImageTrial.of(this));
        for (long position : new long[] {image.length(), image.length() + 1, image.length() + (1L << 40)}) {
            ByteBuffer target = ByteBuffer.allocate(10);
            assertThat(image.read(position, target)).as("read at %d", position).isZero();
            assertThat(target.position()).isZero();
        }
        assertThat(image.read(0, ByteBuffer.allocate(0))).isZero();
    }

    @Test
    @DisplayName("IMG-09 only zeros are skipped, forward and not past the end")
    default void skipsZeros() throws Exception {
        Image image = first(ImageTrial.of(this));
        byte[] whole = ImageTrial.bytes(image);
        for (int position : new int[] {0, 1, 4_096, whole.length / 2, whole.length - 1}) {
            long next = image.nextData(position);
            assertThat(next).as("the next data at %d", position).isBetween((long) position, (long) whole.length);
            assertThat(Arrays.copyOfRange(whole, position, Math.toIntExact(next)))
                    .as("what is skipped")
                    .isEqualTo(new byte[Math.toIntExact(next) - position]);
        }
        assertThat(image.nextData(whole.length)).isEqualTo(whole.length);
        assertThat(image.nextData(whole.length + 1_000L)).isEqualTo(whole.length);
    }

    @Test
    @DisplayName("IMG-10 several may read one image at once")
    default void readsInParallel() throws Exception {
        Image image = first(ImageTrial.of(this));
        byte[] whole = ImageTrial.bytes(image);
        List<Callable<Boolean>> readers = new ArrayList<>();
        for (int lane = 0; lane < 4; lane++) {
            int first = lane;
            readers.add(() -> readsEveryFourth(image, whole, first));
        }
        assertThat(Samples.race(readers)).as("read what is there").containsOnly(true);
    }

    private static boolean readsEveryFourth(Image image, byte[] whole, int first) throws IOException {
        int part = 1_000;
        boolean same = true;
        for (int at = first * part; at < whole.length; at += 4 * part) {
            ByteBuffer target = ByteBuffer.allocate(Math.min(part, whole.length - at));
            same &= image.read(at, target) == target.capacity()
                    && Arrays.equals(target.array(), Arrays.copyOfRange(whole, at, at + target.capacity()));
        }
        return same;
    }
}
