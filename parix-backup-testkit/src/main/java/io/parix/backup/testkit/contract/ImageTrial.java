package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.BackupException;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.Image;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.SnapshotVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Images under test, and attempts at backups of their database. */
final class ImageTrial {
    private final ReplicaImagesFixture fixture;
    final ReplicaImages images;
    final List<String> before;

    ImageTrial(ReplicaImagesFixture fixture, ReplicaImages images) throws Exception {
        this.fixture = fixture;
        this.images = images;
        this.before = live();
        assertThat(before).isNotEmpty().doesNotHaveDuplicates();
    }

    static ImageTrial of(ReplicaImagesFixture fixture) throws Exception {
        return new ImageTrial(fixture, fixture.images());
    }

    /** A trial of images that a hook makes. */
    static ImageTrial of(ReplicaImagesFixture fixture, Optional<ReplicaImages> made, String what) throws Exception {
        assumeTrue(made.isPresent(), "not verified: the fixture has no images " + what);
        return new ImageTrial(fixture, made.get());
    }

    Attempt attempt(String backup, int number) {
        return attempt(fixture.database(), backup, number);
    }

    static Attempt attempt(DatabaseId database, String backup, int number) {
        return new Attempt(database, new BackupId(backup), number);
    }

    List<String> live() throws Exception {
        return HostTrial.prints(fixture.live(images, fixture.database()));
    }

    List<Image> ready(Attempt attempt) throws Exception {
        return ready(images, attempt, List.of());
    }

    /** Asks as the engine does until the images are there. */
    List<Image> ready(ReplicaImages asked, Attempt attempt, List<SnapshotVolume> volumes) throws Exception {
        long end = System.nanoTime() + fixture.patience().toNanos();
        Capture answer = ask(asked, attempt, volumes);
        while (answer instanceof Capture.Pending pending) {
            assertTellsWhen(pending);
            assertThat(System.nanoTime() - end).as("still " + pending.reason()).isNegative();
            fixture.pass(pending.lookAgain());
            answer = ask(asked, attempt, volumes);
        }
        return ((Capture.Ready) answer).images();
    }

    static Capture ask(ReplicaImages asked, Attempt attempt, List<SnapshotVolume> volumes) {
        return volumes.isEmpty() ? asked.capture(attempt) : asked.capture(attempt, volumes);
    }

    static void assertTellsWhen(Capture.Pending pending) {
        assertThat(pending.reason()).as("what a host waits for").isNotBlank();
        assertThat(pending.lookAgain()).as("when to look again").isPositive();
    }

    void refused(Attempt attempt) {
        assertThatThrownBy(() -> ready(attempt))
                .isInstanceOf(BackupException.class)
                .message()
                .isNotBlank();
    }

    /** Writes to every live file of the database, and says whether that was possible; the files shrink and grow. */
    boolean write(int seed) throws Exception {
        List<byte[]> files = IntStream.range(0, before.size())
                .mapToObj(i -> Samples.bytes(seed + i, 60_000 - seed + i))
                .toList();
        boolean written = fixture.write(images, fixture.database(), files);
        assertThat(written && live().equals(before))
                .as("written, and nothing changed")
                .isFalse();
        return written;
    }

    static byte[] bytes(Image image) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(image.length()));
        assertThat(image.read(0, all)).as("bytes read of " + image.name()).isEqualTo(all.capacity());
        return all.array();
    }

    /** What images hold, in an order of its own. */
    static List<String> prints(List<Image> images) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (Image image : images) {
            all.add(bytes(image));
        }
        return HostTrial.prints(all).stream().sorted().toList();
    }

    static List<String> sorted(List<String> prints) {
        return prints.stream().sorted().toList();
    }
}
