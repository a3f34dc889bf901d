package io.parix.backup.testkit.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import io.parix.backup.host.ReplicaImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovingImageTest {
    /** Replica 2 writes to its log as soon as its grid is read, in the first captures. */
    private record Restless(ReplicaImages images, int captures, List<byte[]> files) implements ReplicaImages {
        @Override
        public Capture capture(Attempt attempt) {
            Capture capture = images.capture(attempt);
            if (capture instanceof Capture.Ready ready && attempt.number() <= captures) {
                List<Image> moving = new ArrayList<>(ready.images());
                moving.set(2, new MovingImage(moving.get(2), files.get(2)));
                return new Capture.Ready(moving);
            }
            return capture;
        }

        @Override
        public void release(Attempt attempt) {
            images.release(attempt);
        }
    }

    private static final class MovingImage implements Image {
        private final Image image;
        private final byte[] file;

        private MovingImage(Image image, byte[] file) {
            this.image = image;
            this.file = file;
        }

        @Override
        public String name() {
            return image.name();
        }

        @Override
        public ImageKind kind() {
            return image.kind();
        }

        @Override
        public Instant cutNotBefore() {
            return image.cutNotBefore();
        }

        @Override
        public long length() throws IOException {
            return image.length();
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            if (position >= DataFileLayout.TINY.gridOffset()) {
                file[(int) DataFileLayout.TINY.prepareOffset(5) + 64]++;
            }
            return image.read(position, target);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("C7 an image that moves is thrown away and captured again; the backup is of one that stood still")
    void capturedAgain(int moving) {
        List<byte[]> files = Story.files(Story.CLUSTER);
        try (Story story = new Story(images -> new Restless(images, moving, files))) {
            story.host.files(Story.DATABASE, files);

            Backup backup = story.backup();

            assertThat(backup.status()).as("%s", backup).isEqualTo(JobStatus.COMPLETED);
            assertThat(backup.progress().attempt()).isEqualTo(moving + 1);
            assertThat(story.verify(backup, VerificationLevel.READ_BACK).passed())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100})
    @DisplayName("C7 an image that never stands still fails the backup after three captures and leaves nothing")
    void givenUp(int moving) {
        List<byte[]> files = Story.files(Story.CLUSTER);
        try (Story story = new Story(images -> new Restless(images, moving, files))) {
            Backup neighbour = story.backup(Story.NEIGHBOUR);
            Map<String, String> stored = story.stored();
            story.host.files(Story.DATABASE, files);

            Backup failed = story.backup();

            assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.IMAGE_MOVED);
            assertThat(failed.failed().orElseThrow().message()).contains("db-1_2", "log slot 5");
            assertThat(story.asked())
                    .filteredOn(entry -> entry.startsWith("capture " + failed.id()))
                    .contains("capture " + failed.id() + "-3")
                    .doesNotContain("capture " + failed.id() + "-4");
            assertThat(story.stored()).isEqualTo(stored);
            assertThat(neighbour.status()).isEqualTo(JobStatus.COMPLETED);
        }
    }
}
