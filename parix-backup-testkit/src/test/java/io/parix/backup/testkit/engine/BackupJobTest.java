package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupContents;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.Trigger;
import io.parix.backup.VerificationLevel;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import io.parix.backup.testkit.store.Damage;
import io.parix.backup.testkit.store.Fault;
import io.parix.backup.testkit.store.Verb;
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
    @DisplayName("A5 a job records who asked, why, and when")
    void recordsWhoWhyWhen() {
        Instant asked = engine.clock.instant();

        Backup backup = engine.backup();

        assertThat(backup.actor()).isEqualTo(ACTOR);
        assertThat(backup.trigger()).isEqualTo(Trigger.MANUAL);
        assertThat(backup.requestedAt()).isEqualTo(asked);
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
    @DisplayName("A2 every unmet condition is listed with code, expected, found and a sentence")
    void availabilityListsEverything() {
        engine.host.change(DATABASE, p -> withStatus(p, DatabaseStatus.PROVISIONING));
        engine.parix.occupy(DATABASE, new Workflow(WorkflowKind.IMPORT, "import-9"));
        engine.access = (actor, action, database) -> false;

        List<Check> failures =
                engine.parix.backups().availability(DATABASE, ACTOR).failures();

        assertThat(failures).extracting(Check::code).containsExactly("not-active", "workflow-active", "not-permitted");
        assertThat(failures).allSatisfy(check -> assertThat(check.sentence()).isNotBlank());
    }

    @Test
    @DisplayName("A3 a second request is refused while a backup is active, naming it")
    void oneJobAtATime() {
        Backup first = ((BackupAnswer.Accepted) engine.request()).backup();

        BackupAnswer second = engine.request();

        assertThat(second)
                .isInstanceOfSatisfying(
                        BackupAnswer.Refused.class,
                        refused -> assertThat(refused.report().failures().get(0).found())
                                .contains(first.id().value()));
        engine.dispatcher.runUntilQuiet();
        assertThat(engine.request()).isInstanceOf(BackupAnswer.Accepted.class);
    }

    @Test
    @DisplayName("A3 a request is refused while the host holds the slot, and accepted once it is given back")
    void hostHoldsTheSlot() {
        Workflow resize = new Workflow(WorkflowKind.PROVISIONING, "resize-1");
        assertThat(engine.parix.occupy(DATABASE, resize)).isEmpty();
        assertThat(engine.request()).isInstanceOf(BackupAnswer.Refused.class);

        engine.parix.vacate(DATABASE, resize);

        assertThat(engine.request()).isInstanceOf(BackupAnswer.Accepted.class);
    }

    @Test
    @DisplayName("A1 an unknown database is refused, never taken for deleted")
    void unknownDatabase() {
        engine.host.say(DATABASE, new DatabaseFacts.Unknown("the directory is down"));

        BackupAnswer answer = engine.request();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        BackupAnswer.Refused.class,
                        refused -> assertThat(refused.report().failures())
                                .extracting(Check::code)
                                .contains("database-unknown"));
    }

    @Test
    @DisplayName("A4 the same idempotency key gives the same job, also after it ended; another key a new one")
    void idempotencyKey() {
        BackupRequest keyed = new BackupRequest(DATABASE, ACTOR, "monday");
        Backup first = ((BackupAnswer.Accepted) engine.parix.backups().request(keyed)).backup();
        assertThat(((BackupAnswer.Accepted) engine.parix.backups().request(keyed))
                        .backup()
                        .id())
                .isEqualTo(first.id());
        engine.dispatcher.runUntilQuiet();
        assertThat(((BackupAnswer.Accepted) engine.parix.backups().request(keyed))
                        .backup()
                        .id())
                .isEqualTo(first.id());

        BackupRequest other = new BackupRequest(DATABASE, ACTOR, "tuesday");

        assertThat(((BackupAnswer.Accepted) engine.parix.backups().request(other))
                        .backup()
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    @DisplayName("A4 a key does not open another's job to an actor who may not ask")
    void keyNeedsPermission() {
        BackupRequest keyed = new BackupRequest(DATABASE, ACTOR, "monday");
        engine.parix.backups().request(keyed);
        engine.access = (actor, action, database) -> action != AccessPolicy.Action.REQUEST_BACKUP;

        assertThat(engine.parix.backups().request(keyed)).isInstanceOf(BackupAnswer.Refused.class);
    }

    @Test
    @DisplayName("B8 a job that waits for its images says so and is looked at again")
    void waitsForImages() {
        engine.host.captureLater(new Capture.Pending("snapshot of replica 2 is pending, 43 %", Duration.ofMinutes(3)));
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
        assertThat(engine.host.log())
                .filteredOn(entry -> entry.startsWith("capture"))
                .contains("capture " + failed.id() + "-3");
        assertThat(engine.store().keys()).isEmpty();
        assertThat(engine.kinds()).contains(BackupEvent.Kind.BACKUP_FAILED);
    }

    @Test
    @DisplayName("B3 a denied store fails the job at once, with the store's words, and leaves nothing")
    void deniedStore() {
        engine.store()
                .faults()
                .add(Fault.refuse(Verb.PUT, new ProviderException(ErrorKind.DENIED, "PutObject is not allowed"))
                        .ending(".idx"));

        Backup failed = engine.backup();

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failed.failed().orElseThrow().message()).contains("PutObject is not allowed");
        assertThat(engine.store().keys()).isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName("B3 a sweep that fails is repeated until nothing is left, while the database is free")
    void sweepIsRepeated() {
        engine.store()
                .faults()
                .add(Fault.refuse(Verb.PUT, new ProviderException(ErrorKind.DENIED, "no"))
                        .ending(".idx"));
        engine.store()
                .faults()
                .add(Fault.refuse(Verb.DELETE, new ProviderException(ErrorKind.UNAVAILABLE, "503"))
                        .times(40));

        Backup failed = engine.backup();

        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.progress().phase()).isEqualTo("swept");
        assertThat(engine.store().keys()).isEmpty();
    }

    @Test
    @DisplayName("A6 a throttled store delays the job by what it asks for, and never fails it")
    void throttledStoreDelays() {
        engine.store()
                .faults()
                .add(Fault.refuse(Verb.PUT, ProviderException.throttled("SlowDown", Duration.ofMinutes(7), null))
                        .times(20));
        Instant asked = engine.clock.instant();

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.clock.instant()).isAfter(asked.plus(Duration.ofMinutes(7 * 20)));
    }

    @Test
    @DisplayName("A6 a store that is throttled for ever fails the job at its deadline")
    void throttledForEver() {
        engine.store()
                .faults()
                .add(Fault.refuse(Verb.PUT, ProviderException.throttled("SlowDown", Duration.ofHours(1), null)));

        Backup backup = engine.backup();

        assertThat(backup.failed().orElseThrow().code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(engine.store().keys()).isEmpty();
    }

    @Test
    @DisplayName("C3 a lost answer to the manifest's put is looked up and is no conflict")
    void lostAnswerOfTheManifest() {
        engine.store()
                .faults()
                .add(Fault.loseAnswer(Verb.PUT).ending("manifest.json").times(1));

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("B5 C3 from its decided commit a job only completes, however long the store refuses the manifest")
    void decidedCommitCompletes() {
        engine.store()
                .faults()
                .add(Fault.refuse(Verb.PUT, new ProviderException(ErrorKind.DENIED, "no"))
                        .ending("manifest.json")
                        .times(5));

        Backup backup = engine.backup();

        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("C2 a profile that changes while the images are taken discards the attempt")
    void profileChanges() {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.host.captureLater(new Capture.Pending("cutting", Duration.ofMinutes(1)));
        engine.dispatcher.runNext();
        engine.store()
                .faults()
                .add(Fault.refuse(Verb.PUT, ProviderException.throttled("SlowDown", Duration.ofMinutes(1), null))
                        .times(1));
        engine.clock.advance(Duration.ofMinutes(1));
        engine.dispatcher.runNext();
        engine.host.change(DATABASE, p -> inRegion(p, "eu-west-1"));

        engine.dispatcher.runUntilQuiet();

        Backup done = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.progress().attempt()).isEqualTo(2);
        assertThat(done.completed().orElseThrow().captured().region()).isEqualTo("eu-west-1");
    }

    @Test
    @DisplayName("C2 a file whose release is newer than the profile's fails the capture")
    void newerRelease() {
        engine.host.change(DATABASE, p -> inVersion(p, "0.17.7"));

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

    @Test
    @DisplayName("C12 a base segment found damaged flags every backup that needs it, and the new backup is whole")
    void damagedBase() {
        EngineFixture readsAll = new EngineFixture(EngineSettings.builder().readBackShare(1.0));
        Backup first = readsAll.backup();
        Backup second = readsAll.backup();
        readsAll.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .forEach(key -> readsAll.store().damage(key, Damage.flip(100)));

        Backup third = readsAll.backup();

        assertThat(readsAll.parix
                        .backups()
                        .find(first.id())
                        .orElseThrow()
                        .completed()
                        .orElseThrow()
                        .verification()
                        .passed())
                .isFalse();
        assertThat(readsAll.parix
                        .backups()
                        .find(second.id())
                        .orElseThrow()
                        .completed()
                        .orElseThrow()
                        .verification()
                        .passed())
                .isFalse();
        assertThat(readsAll.parix
                        .backups()
                        .verify(third.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        assertThat(readsAll.kinds()).contains(BackupEvent.Kind.BACKUP_DAMAGED);
        readsAll.close();
    }

    @Test
    @DisplayName("C10 verifying reaches the level asked for and records it")
    void verifies() {
        Backup backup = engine.backup();

        assertThat(engine.parix
                        .backups()
                        .verify(backup.id(), VerificationLevel.DATABASE_CHECKED, ACTOR)
                        .passed())
                .isTrue();

        Backup now = engine.parix.backups().find(backup.id()).orElseThrow();
        assertThat(now.completed().orElseThrow().verification().level()).isEqualTo(VerificationLevel.DATABASE_CHECKED);
    }

    @Test
    @DisplayName("C4 C10 one flipped byte in storage is found, named, recorded, and ends eligibility")
    void findsDamage() {
        Backup backup = engine.backup();
        var segment = engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        engine.store().damage(segment, Damage.flip(-200));

        var found = engine.parix.backups().verify(backup.id(), VerificationLevel.READ_BACK, ACTOR);

        assertThat(found.passed()).isFalse();
        assertThat(found.report().failures().get(0).expected()).contains(segment.name());
        assertThat(engine.parix.restores().eligibility(backup.id()).failures())
                .extracting(Check::code)
                .contains("artifacts-damaged");
    }

    @Test
    @DisplayName(
            "C4 C10 damage found by reading stays on record through weaker looks, failed or passed, until every byte is right")
    void weakerLookClearsNothing() {
        Backup backup = engine.backup();
        var segment = engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        engine.store().damage(segment, Damage.flip(64));
        engine.parix.backups().verify(backup.id(), VerificationLevel.READ_BACK, ACTOR);
        engine.store().damage(segment, Damage.truncate(1));
        engine.parix.backups().verify(backup.id(), VerificationLevel.WRITTEN, ACTOR);
        engine.store().damage(segment, Damage.append(1));

        engine.parix.backups().verify(backup.id(), VerificationLevel.WRITTEN, ACTOR);

        var recorded = engine.parix
                .backups()
                .find(backup.id())
                .orElseThrow()
                .completed()
                .orElseThrow()
                .verification();
        assertThat(recorded.passed()).isFalse();
        assertThat(recorded.level()).isEqualTo(VerificationLevel.READ_BACK);
    }

    @Test
    @DisplayName("I4 verifying what is not there is refused by code")
    void verifyUnknown() {
        assertThatThrownBy(() -> engine.parix
                        .backups()
                        .verify(new io.parix.backup.BackupId("nope"), VerificationLevel.WRITTEN, ACTOR))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    static DatabaseProfile withStatus(DatabaseProfile p, DatabaseStatus status) {
        return new DatabaseProfile(p.id(), p.name(), status, p.region(), p.provider(), p.shape(), p.workflows());
    }

    static DatabaseProfile inRegion(DatabaseProfile p, String region) {
        return new DatabaseProfile(p.id(), p.name(), p.status(), region, p.provider(), p.shape(), p.workflows());
    }

    static DatabaseProfile inVersion(DatabaseProfile p, String version) {
        var s = p.shape();
        var shape = new io.parix.backup.Shape(
                s.nodeCount(),
                s.vcpu(),
                s.memory(),
                s.storageTier(),
                s.storageSize(),
                s.networkMode(),
                s.developmentMode(),
                version);
        return new DatabaseProfile(p.id(), p.name(), p.status(), p.region(), p.provider(), shape, p.workflows());
    }
}
