package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.JobStatus;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.Image;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A host that makes its images at times, and not when they are asked for. */
class CutAheadTest {
    private final EngineFixture engine = new EngineFixture();
    private final InMemoryHost host = engine.host;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("I2 images that a host has cut ahead are of that moment, whatever is written later")
    void ofThatMoment() throws IOException {
        List<byte[]> files = host.files(EngineFixture.DATABASE);
        Instant cut = engine.clock.instant();
        host.cutAhead(EngineFixture.DATABASE);
        engine.clock.advance(Duration.ofHours(1));
        host.files(EngineFixture.DATABASE, changed(files));

        Image image = image(1);

        assertThat(image.cutNotBefore()).isEqualTo(cut);
        assertThat(first(image)).isEqualTo(files.get(0)[0]);
        assertThat(host.imaged(EngineFixture.DATABASE)).isEqualTo(files);
    }

    @Test
    @DisplayName("I2 once what the directory says has changed, images are of the moment at which they are asked for")
    void untilItsProfileChanges() throws IOException {
        List<byte[]> files = host.files(EngineFixture.DATABASE);
        host.cutAhead(EngineFixture.DATABASE);
        engine.clock.advance(Duration.ofHours(1));
        host.files(EngineFixture.DATABASE, changed(files));
        host.change(EngineFixture.DATABASE, profile -> profile);
        assertThat(first(image(1))).as("nothing has changed").isEqualTo(files.get(0)[0]);

        host.change(EngineFixture.DATABASE, profile -> Profiles.inRegion(profile, "elsewhere"));
        Image image = image(2);

        assertThat(image.cutNotBefore()).isEqualTo(engine.clock.instant());
        assertThat(first(image)).isNotEqualTo(files.get(0)[0]);
    }

    @Test
    @DisplayName("C6 what lies on a volume is not what was cut ahead, but what is live until it is told otherwise")
    void notOnVolumes() throws IOException {
        List<byte[]> files = host.files(EngineFixture.DATABASE);
        host.cutAhead(EngineFixture.DATABASE);
        host.files(EngineFixture.DATABASE, changed(files));
        Instant asked = engine.clock.instant();
        List<SnapshotVolume> volumes = List.of(new SnapshotVolume(0, "vol-1", asked));

        Capture capture = host.capture(new Attempt(EngineFixture.DATABASE, new BackupId("b"), 1), volumes);

        List<Image> images = ((Capture.Ready) capture).images();
        assertThat(images.get(0).cutNotBefore()).isEqualTo(asked);
        assertThat(first(images.get(0))).isNotEqualTo(files.get(0)[0]);
        assertThat(first(images.get(1))).isEqualTo(files.get(1)[0]);
    }

    @Test
    @DisplayName("C6 a backup of images that were cut ahead claims nothing that was acknowledged since")
    void claimsNoMore() {
        Instant cut = engine.clock.instant();
        host.cutAhead(EngineFixture.DATABASE);
        engine.clock.advance(Duration.ofHours(1));

        assertThat(engine.backup().completed().orElseThrow().coveredUntil()).isEqualTo(cut);
    }

    @Test
    @DisplayName("I2 a restore ends it: images that were cut before it are not of what is live after it")
    void untilARestore() {
        Backup backup = engine.backup();
        host.files(EngineFixture.DATABASE, changed(host.files(EngineFixture.DATABASE)));
        host.cutAhead(EngineFixture.DATABASE);

        assertThat(engine.restore(backup).status()).isEqualTo(JobStatus.COMPLETED);

        assertThat(host.imaged(EngineFixture.DATABASE)).isEqualTo(host.files(EngineFixture.DATABASE));
    }

    private Image image(int attempt) {
        Capture capture = host.capture(new Attempt(EngineFixture.DATABASE, new BackupId("b"), attempt));
        return ((Capture.Ready) capture).images().get(0);
    }

    private static byte first(Image image) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThat(image.read(0, one)).isEqualTo(1);
        return one.get(0);
    }

    private static List<byte[]> changed(List<byte[]> files) {
        return files.stream().map(byte[]::clone).peek(file -> file[0]++).toList();
    }
}
