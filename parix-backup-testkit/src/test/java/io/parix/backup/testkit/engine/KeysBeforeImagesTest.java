package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.SnapshotLimits;
import io.parix.backup.host.Capture;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.testkit.store.InMemoryVolumeSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** C13 against the costs of images: a port that is out of reach makes no host hold any. */
class KeysBeforeImagesTest {
    private static final Duration CAPTURE = Duration.ofHours(3);
    private static final Duration SNAPSHOTS = Duration.ofMinutes(30);

    private final EngineFixture engine = new EngineFixture(EngineSettings.builder()
            .captureDeadline(CAPTURE)
            .snapshots(new SnapshotLimits(SnapshotLimits.WhenFailed.RECORDS, Duration.ofSeconds(10), SNAPSHOTS)));

    @BeforeEach
    void seal() {
        engine.keys.rotate();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Backup asked() {
        return ((BackupAnswer.Accepted) engine.request()).backup();
    }

    private Backup find(Backup backup) {
        return engine.parix.backups().find(backup.id()).orElseThrow();
    }

    private void elapse(Duration time) {
        Instant end = engine.clock.instant().plus(time);
        while (engine.clock.instant().isBefore(end)) {
            engine.dispatcher.runDue();
            engine.clock.advance(Duration.ofSeconds(1));
        }
    }

    private void fail() {
        engine.keys.fail("the token xyzzy has expired");
    }

    /** The host has images by the time at which the port fails, as often as it gives some. */
    private void failOnceCaptured(int times) {
        engine.faults.add(
                strike("ReplicaImages.capture", first(times)).with(before("takes the keys away", this::fail)));
    }

    private void assertWaits(Backup backup, String step) {
        Backup waiting = find(backup);
        assertThat(waiting.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(waiting.progress().phase()).isEqualTo(step);
        assertThat(waiting.toString()).contains("key port").doesNotContain("xyzzy");
        assertThat(engine.host.captured()).isEmpty();
    }

    private void assertCompleted(Backup backup) {
        assertThat(find(backup).status()).as("%s", find(backup).failure()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.host.captured()).isEmpty();
        assertThat(engine.unowned()).isEmpty();
    }

    @Test
    @DisplayName("C13 C8 while keys cannot be had no image is asked for, and the backup completes once they can")
    void outBefore() {
        fail();
        Backup backup = asked();
        elapse(Duration.ofHours(2));
        assertWaits(backup, "capturing");
        assertThat(engine.faults.calls("ReplicaImages.capture")).isZero();

        engine.keys.recover();
        elapse(Duration.ofMinutes(10));

        assertCompleted(backup);
    }

    @Test
    @DisplayName(
            "C13 C8 images are let go of within minutes when keys cannot be had for them, and taken anew once they can")
    void outAfter() {
        failOnceCaptured(1);
        Backup backup = asked();
        engine.dispatcher.runDue();
        assertThat(engine.host.captured()).hasSize(1);

        elapse(Duration.ofMinutes(5));

        assertWaits(backup, "capturing");
        int captures = engine.faults.calls("ReplicaImages.capture");
        elapse(Duration.ofHours(2));
        assertWaits(backup, "capturing");
        assertThat(engine.faults.calls("ReplicaImages.capture")).isEqualTo(captures);
        engine.keys.recover();
        elapse(Duration.ofMinutes(10));
        assertCompleted(backup);
    }

    @Test
    @DisplayName("C13 J5 a port that answers again soon costs no second set of images")
    void backSoon() {
        failOnceCaptured(1);
        Backup backup = asked();
        elapse(Duration.ofMinutes(2));
        engine.keys.recover();
        elapse(Duration.ofMinutes(5));
        assertCompleted(backup);
        assertThat(find(backup).progress().attempt()).isEqualTo(1);
    }

    @Test
    @DisplayName("C13 B4 keys that never come back end a backup by its deadline, with the reason, and it holds nothing")
    void neverBack() {
        failOnceCaptured(1);
        Backup backup = asked();
        elapse(CAPTURE.plusMinutes(10));
        assertFailed(backup, ErrorCode.DEADLINE_PASSED);
        assertThat(find(backup).failed().map(Failure::message).orElseThrow()).contains("capturing");
    }

    @Test
    @DisplayName(
            "C13 J5 a port that is there for each look and out for each export costs the captures that the job has")
    void outEachTime() {
        failOnceCaptured(Integer.MAX_VALUE);
        Backup backup = asked();
        for (int i = 0; i < engine.settings.work().captures(); i++) {
            engine.keys.recover();
            elapse(Duration.ofMinutes(10));
        }
        assertFailed(backup, ErrorCode.KEY_UNAVAILABLE);
    }

    private void assertFailed(Backup backup, ErrorCode code) {
        Failure failure = find(backup).failed().orElseThrow();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).contains("key port").doesNotContain("xyzzy");
        assertThat(engine.host.captured()).isEmpty();
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("C13 while a host makes its images keys are not asked for at each look at them")
    void pendingCapture() {
        engine.faults.add(
                answer("capture", first(3)).with(new Capture.Pending("they are being made", Duration.ofMinutes(5))));
        Backup backup = asked();
        elapse(Duration.ofMinutes(11));
        assertThat(engine.faults.calls("KeyPort.fresh")).isEqualTo(1);
        elapse(Duration.ofMinutes(30));
        assertCompleted(backup);
        assertThat(engine.faults.calls("KeyPort.fresh")).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "C13 C1 where images come from volumes, neither they nor their snapshots are asked for, and those then have their time")
    void volumes() {
        InMemoryVolumeSnapshots place = engine.places.volumes("bucket");
        engine.host.volumes(
                DATABASE,
                IntStream.range(0, 3)
                        .mapToObj(i ->
                                new ReplicaVolume(i, "vol-" + i, Map.of("zone", "a"), ReplicaVolume.ImageFrom.SNAPSHOT))
                        .toList());
        fail();
        Backup backup = asked();
        elapse(Duration.ofHours(2));
        assertWaits(backup, "snapshotting");
        assertThat(place.names()).isEmpty();
        assertThat(place.volumeNames()).isEmpty();

        engine.keys.recover();
        elapse(Duration.ofMinutes(20));

        assertCompleted(backup);
        List<ReplicaSnapshot> snapshots = find(backup).completed().orElseThrow().snapshots();
        assertThat(snapshots).hasSize(3);
        assertThat(place.names()).hasSize(3);
    }
}
