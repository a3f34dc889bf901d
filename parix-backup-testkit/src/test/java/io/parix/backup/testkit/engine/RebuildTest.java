package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.EngineFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupContents;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Hold;
import io.parix.backup.JobStatus;
import io.parix.backup.Ownership;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.AccessPolicy;
import io.parix.backup.rebuild.RebuildReport;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.fault.Damage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private final EngineFixture engine = new EngineFixture();
    private final InMemoryCatalog empty = new InMemoryCatalog(engine.clock, "ee".repeat(16));
    private final SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
    private final ParixBackup second =
            engine.engine(empty, engine.provider, wakes, 77).start();

    @AfterEach
    void close() {
        second.close();
        engine.close();
    }

    @Test
    @DisplayName("C11 an empty catalog and a bucket give history back: what, when, by whom, how large, and on hold")
    void givesHistoryBack() {
        Backup first = engine.backup();
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().advance(1)));
        Backup later = engine.backup();

        RebuildReport report = rebuilt();

        assertThat(report.adopted()).containsExactly(first.id(), later.id());
        assertThat(report.known()).isEmpty();
        assertThat(report.foreign()).isEmpty();
        assertThat(report.unreadable()).isEmpty();
        assertThat(report.unnamed().count()).isZero();
        List<Backup> history = second.backups().history(DATABASE, 10);
        assertThat(history).extracting(Backup::id).containsExactly(later.id(), first.id());
        Backup back = history.get(1);
        assertThat(back.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(back.actor()).isEqualTo(first.actor());
        assertThat(back.trigger()).isEqualTo(first.trigger());
        assertThat(back.requestedAt()).isEqualTo(first.requestedAt());
        assertThat(back.startedAt()).isEqualTo(first.startedAt());
        assertThat(back.endedAt()).isEqualTo(first.endedAt());
        assertThat(back.ownership()).isEqualTo(Ownership.OWN);
        assertThat(back.held()).contains(new Hold(Hold.Reason.REBUILT, null, engine.clock.instant()));
        assertSameContents(back.completed().orElseThrow(), first.completed().orElseThrow());
    }

    private static void assertSameContents(BackupContents now, BackupContents before) {
        assertThat(now.coveredUntil()).isEqualTo(before.coveredUntil());
        assertThat(now.captured()).isEqualTo(before.captured());
        assertThat(now.replicas()).isEqualTo(before.replicas());
        assertThat(now.logical()).isEqualTo(before.logical());
        assertThat(now.stored()).isEqualTo(before.stored());
        assertThat(now.added()).isEqualTo(before.added());
        assertThat(now.manifestDigest()).isEqualTo(before.manifestDigest());
        assertThat(now.verification().level()).isEqualTo(VerificationLevel.WRITTEN);
    }

    @Test
    @DisplayName("C11 F2 a rebuilt backup restores byte for byte, and new backups share its segments")
    void restores() {
        List<byte[]> saved = copies();
        Backup backup = engine.backup();
        rebuilt();
        engine.host.files(
                DATABASE, saved.stream().map(file -> new byte[file.length]).toList());

        assertThat(restore(backup.id()).status()).isEqualTo(JobStatus.COMPLETED);

        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(saved);
        BackupContents next = backupHere().completed().orElseThrow();
        assertThat(next.added().bytes())
                .isLessThan(backup.completed().orElseThrow().added().bytes() / 2);
        String segment = engine.store().keys().stream()
                .map(ObjectKey::value)
                .filter(key -> key.endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        assertThat(empty.needing(DATABASE, segment.substring("parix/db-1/".length())))
                .contains(backup.id().value());
    }

    @Test
    @DisplayName("C11 B4 a backup that ran when the catalog was lost is no backup: what it left is told, and not swept")
    void lostWhileRunning() {
        Backup whole = engine.backup();
        engine.host.files(DATABASE, EngineFixture.files(EngineFixture.cluster().advance(1)));
        SteppedDispatcher dying = new SteppedDispatcher(engine.clock);
        StepCatalog mortal = new StepCatalog(engine.catalog, "exporting");
        ParixBackup worker =
                engine.engine(mortal.view(), engine.provider, dying, 3).start();
        BackupId running = ((BackupAnswer.Accepted) engine.request()).backup().id();
        dying.tick();
        while (!mortal.dead() && dying.runNext()) {
            assertThat(engine.catalog.find(running.value())).isPresent();
        }
        worker.close();
        List<ObjectKey> before = engine.store().keys();

        RebuildReport report = rebuilt();

        assertThat(report.adopted()).containsExactly(whole.id());
        assertThat(report.unnamed().count()).isPositive();
        assertThat(report.unnamed().size().bytes()).isPositive();
        assertThat(report.unnamed().first())
                .hasSize((int) report.unnamed().count())
                .allSatisfy(key -> assertThat(key).contains(running.value()));
        assertThat(engine.store().keys()).containsAll(before);
        List<byte[]> saved = EngineFixture.files(EngineFixture.cluster());
        assertThat(restore(whole.id()).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.host.files(DATABASE)).containsExactlyElementsOf(saved);
        assertThat(backupHere().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("C11 B4 a backup whose manifest was put when the catalog was lost exists")
    void lostAfterTheManifest() {
        SteppedDispatcher dying = new SteppedDispatcher(engine.clock);
        StepCatalog mortal = new StepCatalog(engine.catalog, "committing");
        ParixBackup worker =
                engine.engine(mortal.view(), engine.provider, dying, 3).start();
        BackupId committed = ((BackupAnswer.Accepted) engine.request()).backup().id();
        dying.tick();
        while (!mortal.dead() && dying.runNext()) {
            assertThat(engine.catalog.find(committed.value())).isPresent();
        }
        worker.close();

        assertThat(rebuilt().adopted()).containsExactly(committed);

        assertThat(second.backups()
                        .verify(committed, VerificationLevel.DATABASE_CHECKED, ACTOR)
                        .passed())
                .isTrue();
    }

    @Test
    @DisplayName("C11 a rebuild that is repeated finds everything known, and leaves lifted holds lifted")
    void repeated() {
        Backup backup = engine.backup();
        rebuilt();
        second.backups().lift(backup.id(), ACTOR);

        RebuildReport again = second.rebuild().database(engine.location(), DATABASE);

        assertThat(again.adopted()).isEmpty();
        assertThat(again.known()).containsExactly(backup.id());
        assertThat(find(backup.id()).held()).isEmpty();
    }

    @Test
    @DisplayName(
            "C11 J4 another installation's backups are shown as foreign: restorable, never changed, never shared with")
    void foreign() {
        Backup theirs = engine.backup();

        RebuildReport report = second.rebuild().database(engine.location(), DATABASE);

        assertThat(report.adopted()).containsExactly(theirs.id());
        assertThat(report.foreign()).containsExactly(theirs.id());
        assertThat(find(theirs.id()).ownership()).isEqualTo(Ownership.FOREIGN);
        assertCode(() -> second.backups().lift(theirs.id(), ACTOR), ErrorCode.FOREIGN_INSTALLATION);
        assertCode(() -> second.backups().hold(theirs.id(), ACTOR), ErrorCode.FOREIGN_INSTALLATION);
        assertThat(backupHere().failed().orElseThrow().code()).isEqualTo(ErrorCode.FOREIGN_INSTALLATION);
        assertThat(restore(theirs.id()).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("C11 J4 foreign backups become ours once their place is adopted and rebuilt again")
    void foreignThenAdopted() {
        Backup backup = engine.backup();
        second.rebuild().database(engine.location(), DATABASE);

        RebuildReport report = rebuilt();

        assertThat(report.known()).containsExactly(backup.id());
        assertThat(report.foreign()).isEmpty();
        assertThat(find(backup.id()).ownership()).isEqualTo(Ownership.OWN);
        assertThat(find(backup.id()).held()).isPresent();
    }

    @Test
    @DisplayName("C11 C12 a foreign backup that was copied into our place is no base for ours")
    void copiedForeign() {
        Backup theirs = engine.backup();
        List<ObjectKey> keys = engine.store().keys().stream()
                .filter(key -> key.value().startsWith("parix/db-1/"))
                .toList();
        ParixBackup elsewhere = engine.builder(empty, engine.provider, wakes, 5)
                .storage(engine.places.location("bucket", new KeyPrefix("copy")))
                .build()
                .start();
        wakes.loseAll();
        for (ObjectKey key : keys) {
            engine.store()
                    .putIfAbsent(
                            new ObjectKey(key.value().replaceFirst("^parix/", "copy/")),
                            ObjectContent.of(bytes(key)),
                            new io.parix.backup.spi.CallContext(
                                    Duration.ofMinutes(1),
                                    () -> false,
                                    "copy",
                                    io.parix.backup.spi.CallContext.Purpose.DATA));
        }
        elsewhere.rebuild().adopt(engine.places.location("bucket", new KeyPrefix("copy")));
        RebuildReport report =
                elsewhere.rebuild().database(engine.places.location("bucket", new KeyPrefix("copy")), DATABASE);

        Backup asked =
                ((BackupAnswer.Accepted) elsewhere.backups().request(BackupRequest.of(DATABASE, ACTOR))).backup();
        wakes.runUntilQuiet();

        assertThat(report.foreign()).containsExactly(theirs.id());
        BackupContents ours =
                elsewhere.backups().find(asked.id()).orElseThrow().completed().orElseThrow();
        assertThat(ours.added().bytes())
                .as("all of it is stored anew")
                .isGreaterThan(theirs.completed().orElseThrow().added().bytes() * 9 / 10);
        elsewhere.close();
    }

    private byte[] bytes(ObjectKey key) {
        try (var in = engine.store()
                .get(
                        key,
                        null,
                        new io.parix.backup.spi.CallContext(
                                Duration.ofMinutes(1),
                                () -> false,
                                "copy",
                                io.parix.backup.spi.CallContext.Purpose.DATA))) {
            return in.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("C11 a backup at a place that is not the registered one is shown, and not touched")
    void otherLocation() {
        Backup backup = engine.backup();
        ParixBackup moved = engine.builder(empty, engine.provider, wakes, 5)
                .storage(engine.places.location("bucket", new KeyPrefix("elsewhere")))
                .build()
                .start();

        RebuildReport report = moved.rebuild().database(engine.location(), DATABASE);

        assertThat(report.adopted()).containsExactly(backup.id());
        assertThat(moved.backups().history(DATABASE, 10)).extracting(Backup::id).containsExactly(backup.id());
        assertCode(
                () -> moved.backups().verify(backup.id(), VerificationLevel.WRITTEN, ACTOR),
                ErrorCode.LOCATION_CHANGED);
        moved.close();
    }

    @Test
    @DisplayName(
            "C11 C4 unreadable manifests and indexes are told by name, nothing is deleted, and the others come back")
    void unreadable() {
        Backup torn = engine.backup();
        Backup lost = engine.backup();
        Backup whole = engine.backup();
        ObjectKey manifest = key(torn.id() + "/manifest.json");
        engine.store().damage(manifest, Damage.truncate(20));
        engine.store().lose(key(lost.id() + "/", "-replica-1.idx"));
        int before = engine.store().keys().size();

        RebuildReport report = rebuilt();

        assertThat(report.adopted()).containsExactly(whole.id());
        assertThat(report.unreadable())
                .extracting(RebuildReport.Unreadable::key)
                .containsExactly(
                        manifest.value(), key(lost.id() + "/manifest.json").value());
        assertThat(report.unreadable())
                .extracting(RebuildReport.Unreadable::code)
                .containsExactly(ErrorCode.OBJECT_CORRUPT, ErrorCode.OBJECT_MISSING);
        assertThat(report.unnamed().first()).contains(manifest.value());
        assertThat(engine.store().keys()).as("and the mark of the adoption").hasSize(before + 1);
    }

    @Test
    @DisplayName("C11 C4 a manifest that is not what the store was given is not believed, however well it reads")
    void changedManifest() {
        Backup backup = engine.backup();
        ObjectKey manifest = key(backup.id() + "/manifest.json");
        engine.store()
                .damage(
                        manifest,
                        bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                                .replace("\"actor\" : \"ada\"", "\"actor\" : \"eve\"")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        RebuildReport report = rebuilt();

        assertThat(report.adopted()).isEmpty();
        assertThat(report.unreadable())
                .extracting(RebuildReport.Unreadable::code)
                .containsExactly(ErrorCode.OBJECT_CORRUPT);
    }

    @Test
    @DisplayName("C11 every database at a place is found, also those whose names begin alike")
    void everyDatabase() {
        List<DatabaseId> databases = new ArrayList<>();
        for (String name : List.of("db", "db-1", "db-1.old", "db-10", "db0", "dbA")) {
            DatabaseId database = new DatabaseId(name);
            databases.add(database);
            engine.host.put(
                    Profiles.named(EngineFixture.profile(), database), EngineFixture.files(EngineFixture.cluster()));
            engine.parix.backups().request(BackupRequest.of(database, ACTOR));
            engine.dispatcher.runUntilQuiet();
        }
        second.rebuild().adopt(engine.location());
        List<RebuildReport> reports = new ArrayList<>();

        second.rebuild().all(engine.location(), reports::add);

        assertThat(reports).extracting(RebuildReport::database).containsExactlyInAnyOrderElementsOf(databases);
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.adopted()).hasSize(1);
            assertThat(report.unnamed().count()).isZero();
        });
    }

    @Test
    @DisplayName("H6 C11 a hold is put on and taken off by whom the policy allows, and only on what is completed")
    void holds() {
        Backup backup = engine.backup();
        assertThat(backup.held()).isEmpty();

        Backup held = engine.parix.backups().hold(backup.id(), ACTOR);

        Hold expected = new Hold(Hold.Reason.ASKED, ACTOR, engine.clock.instant());
        assertThat(held.held()).contains(expected);
        engine.clock.advance(Duration.ofHours(1));
        assertThat(engine.parix.backups().hold(backup.id(), ACTOR).held()).contains(expected);
        engine.parix.backups().verify(backup.id(), VerificationLevel.READ_BACK, ACTOR);
        assertThat(engine.parix.backups().lift(backup.id(), ACTOR).held()).isEmpty();
        assertThat(engine.parix.backups().lift(backup.id(), ACTOR).held()).isEmpty();

        engine.access = (actor, action, database) -> action != AccessPolicy.Action.HOLD_BACKUP;
        assertCode(() -> engine.parix.backups().hold(backup.id(), ACTOR), ErrorCode.NOT_PERMITTED);
        assertCode(() -> engine.parix.backups().lift(backup.id(), ACTOR), ErrorCode.NOT_PERMITTED);
        engine.access = AccessPolicy.allowAll();
        assertCode(() -> engine.parix.backups().hold(new BackupId("nope"), ACTOR), ErrorCode.NOT_FOUND);
        BackupId queued = ((BackupAnswer.Accepted) engine.request()).backup().id();
        assertCode(() -> engine.parix.backups().hold(queued, ACTOR), ErrorCode.NOT_FOUND);
    }

    private RebuildReport rebuilt() {
        second.rebuild().adopt(engine.location());
        return second.rebuild().database(engine.location(), DATABASE);
    }

    private Backup backupHere() {
        Backup asked = ((BackupAnswer.Accepted) second.backups().request(BackupRequest.of(DATABASE, ACTOR))).backup();
        wakes.runUntilQuiet();
        return find(asked.id());
    }

    private Restore restore(BackupId backup) {
        Restore asked =
                ((RestoreAnswer.Accepted) second.restores().request(RestoreRequest.of(backup, NAME, ACTOR))).restore();
        wakes.runUntilQuiet();
        return second.restores().find(asked.id()).orElseThrow();
    }

    private Backup find(BackupId backup) {
        return second.backups().find(backup).orElseThrow();
    }

    private ObjectKey key(String... parts) {
        return engine.store().keys().stream()
                .filter(key -> List.of(parts).stream().allMatch(key.value()::contains))
                .findFirst()
                .orElseThrow();
    }

    private List<byte[]> copies() {
        return engine.host.files(DATABASE).stream().map(byte[]::clone).toList();
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
