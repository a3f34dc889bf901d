package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.lostAnswer;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.throttled;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupContents;
import io.parix.backup.BackupEvent;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.VerificationLevel;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackupJobTest {
    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("B1 C8 a backup goes from queued to completed and is then restorable")
    void completes() {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        assertThat(asked.status()).isEqualTo(JobStatus.QUEUED);

        engine.dispatcher.runUntilQuiet();

        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).as("%s", done).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.parix.restores().eligibility(done.id()).passed()).isTrue();
        assertThat(engine.kinds())
                .containsExactly(
                        BackupEvent.Kind.BACKUP_REQUESTED,
                        BackupEvent.Kind.BACKUP_STARTED,
                        BackupEvent.Kind.BACKUP_COMPLETED);
    }

    @Test
    @DisplayName("C2 C6 C10 a completed backup says what it captured, until when it covers, and how far it is verified")
    void saysWhatItHolds() {
        Instant before = engine.clock.instant();

        BackupContents contents = engine.backup().completed().orElseThrow();

        assertThat(contents.captured()).isEqualTo(CapturedProfile.of(EngineFixture.profile()));
        assertThat(contents.coveredUntil()).isEqualTo(before);
        assertThat(contents.replicas())
                .hasSize(3)
                .allSatisfy(r -> assertThat(r.release()).isEqualTo("0.17.8"));
        assertThat(contents.verification().level()).isEqualTo(VerificationLevel.WRITTEN);
        assertThat(contents.warnings().checks()).isEmpty();
    }

    @Test
    @DisplayName("B8 a job that waits for its images says so and is looked at again")
    void waitsForImages() {
        engine.faults.add(answer("capture", first(1))
                .with(new Capture.Pending("snapshot of replica 2 is pending, 43 %", Duration.ofMinutes(3))));
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.dispatcher.runNext();

        Backup waiting = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(waiting.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(waiting.progress().phase()).isEqualTo("capturing");
        assertThat(waiting.progress().attempt()).isEqualTo(1);
        assertThat(waiting.progress().waitsFor()).contains("snapshot of replica 2 is pending, 43 %");

        engine.dispatcher.runUntilQuiet();
        assertThat(engine.parix.backups().find(asked.id()).orElseThrow().status())
                .isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName(
            "B3 C6 an incoherent set is captured again a bounded number of times, fails with its code, leaves nothing")
    void incoherentSetFails() {
        SyntheticCluster old = EngineFixture.cluster();
        SyntheticCluster now = old.advance(5);
        List<byte[]> mixed = new ArrayList<>(EngineFixture.files(old));
        mixed.set(2, EngineFixture.files(now.advance(5)).get(2));
        engine.host.files(DATABASE, mixed);

        Backup failed = engine.backup();

        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.REPLICA_SET_REFUSED);
        assertThat(failed.failed().orElseThrow().report().failures())
                .extracting(Check::rule)
                .contains("K7");
        assertThat(engine.asked())
                .filteredOn(entry -> entry.startsWith("capture"))
                .contains("capture " + failed.id() + "-3");
        assertThat(engine.archived()).isEmpty();
        assertThat(engine.kinds()).contains(BackupEvent.Kind.BACKUP_FAILED);
    }

    @Test
    @DisplayName("B3 a denied store fails the job at once, with the store's words, and leaves nothing")
    void deniedStore() {
        engine.faults.add(fail("putIfAbsent")
                .with(refused(ErrorKind.DENIED, "PutObject is not allowed"))
                .ending(".idx"));

        Backup failed = engine.backup();

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failed.failed().orElseThrow().message()).contains("PutObject is not allowed");
        assertThat(engine.archived()).isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName("B3 a sweep that fails is repeated until nothing is left, while the database is free")
    void sweepIsRepeated() {
        engine.faults.add(
                fail("putIfAbsent").with(refused(ErrorKind.DENIED, "no")).ending(".idx"));
        engine.faults.add(fail("ObjectStore.delete", first(40)).with(refused(ErrorKind.UNAVAILABLE, "503")));

        Backup failed = engine.backup();

        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.progress().phase()).isEqualTo("swept");
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("A6 a throttled store delays the job by what it asks for, and never fails it")
    void throttledStoreDelays() {
        engine.faults.add(fail("putIfAbsent", first(20)).with(throttled(Duration.ofMinutes(7))));
        Instant asked = engine.clock.instant();

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.clock.instant()).isAfter(asked.plus(Duration.ofMinutes(7 * 20)));
    }

    @Test
    @DisplayName("A6 a store that is throttled for ever fails the job at its deadline")
    void throttledForEver() {
        engine.faults.add(fail("putIfAbsent").with(throttled(Duration.ofHours(1))));

        Backup backup = engine.backup();

        assertThat(backup.failed().orElseThrow().code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("C3 a lost answer to the manifest's put is looked up and is no conflict")
    void lostAnswerOfTheManifest() {
        engine.faults.add(strike("putIfAbsent", first(1)).with(lostAnswer()).ending("manifest.json"));

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("B5 C3 from its decided commit a job only completes, however long the store refuses the manifest")
    void decidedCommitCompletes() {
        engine.faults.add(fail("putIfAbsent", first(5))
                .with(refused(ErrorKind.DENIED, "no"))
                .ending("manifest.json"));

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("C2 a profile that changes while the images are taken discards the attempt")
    void profileChanges() {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.faults.add(answer("capture", first(1)).with(new Capture.Pending("cutting", Duration.ofMinutes(1))));
        engine.dispatcher.runNext();
        engine.faults.add(fail("putIfAbsent", first(1))
                .with(throttled(Duration.ofMinutes(1)))
                .ending(".seg"));
        engine.clock.advance(Duration.ofMinutes(1));
        engine.dispatcher.runNext();
        engine.host.change(DATABASE, p -> Profiles.inRegion(p, "eu-west-1"));

        engine.dispatcher.runUntilQuiet();

        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.progress().attempt()).isEqualTo(2);
        assertThat(done.completed().orElseThrow().captured().region()).isEqualTo("eu-west-1");
    }

    @Test
    @DisplayName("C2 images whose answer was lost before the profile changed are not taken for images of after it")
    void profileChangesAfterTheFirstAsk() {
        engine.faults.add(strike("capture", first(1)).with(Effect.of("is done, and then the profile changes", call -> {
            call.proceed();
            engine.host.change(DATABASE, p -> Profiles.inVersion(p, "0.17.9"));
            throw new IllegalStateException("The answer is lost");
        })));
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();

        engine.dispatcher.runUntilQuiet();

        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.progress().attempt()).isEqualTo(2);
        assertThat(done.completed().orElseThrow().captured().tigerBeetleVersion())
                .isEqualTo("0.17.9");
    }

    @Test
    @DisplayName("C2 a profile that changes while images are pending discards the attempt that asked for them before")
    void profileChangesWhileImagesArePending() {
        engine.faults.add(answer("capture", first(1)).with(new Capture.Pending("cutting", Duration.ofMinutes(1))));
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.dispatcher.runNext();
        engine.host.change(DATABASE, p -> Profiles.inVersion(p, "0.17.9"));

        engine.dispatcher.runUntilQuiet();

        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.progress().attempt()).isEqualTo(2);
        assertThat(done.completed().orElseThrow().captured().tigerBeetleVersion())
                .isEqualTo("0.17.9");
    }

    @Test
    @DisplayName(
            "C2 a database that cannot be told when its backup begins is looked up again before images are asked for")
    void profileIsUnknownAtFirst() {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.faults.add(answer("look", first(1)).with(new DatabaseFacts.Unknown("the registry is away")));

        engine.dispatcher.runUntilQuiet();

        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.progress().attempt()).isEqualTo(1);
        assertThat(done.completed().orElseThrow().captured()).isEqualTo(CapturedProfile.of(EngineFixture.profile()));
    }

    @Test
    @DisplayName("C2 a file whose release is newer than the profile's fails the capture")
    void newerRelease() {
        engine.host.change(DATABASE, p -> Profiles.inVersion(p, "0.17.7"));

        Backup failed = engine.backup();

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.RELEASE_NEWER_THAN_PROFILE);
    }

    @Test
    @DisplayName("C12 the second backup references what the first holds and adds only what changed")
    void incremental() {
        SyntheticCluster cluster = EngineFixture.cluster();
        BackupContents first = engine.backup().completed().orElseThrow();
        engine.host.files(DATABASE, EngineFixture.files(cluster.advance(1)));

        BackupContents second = engine.backup().completed().orElseThrow();

        assertThat(second.added().bytes()).isLessThan(first.added().bytes() / 2);
        assertThat(second.stored().bytes()).isGreaterThan(second.added().bytes());
    }
}
