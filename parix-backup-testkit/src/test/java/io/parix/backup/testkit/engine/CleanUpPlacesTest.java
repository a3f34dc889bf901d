package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.fault.Damage;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The clean-up of a database whose backups lie at several places, of which not all can be used any more. */
class CleanUpPlacesTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration RETRY = RetentionLimits.DEFAULTS.cleanUpRetry();
    private static final CallContext CALL =
            new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.DATA);
    private static final KeyPrefix PREFIX = new KeyPrefix("parix");

    /** Faults strike the fixture's provider alone; the database can move to the other one. */
    private final EngineFixture engine = new EngineFixture();

    private final InMemoryProvider elsewhere = new InMemoryProvider("elsewhere", engine.clock);
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
    private StorageLocation registered = engine.location();
    private final ParixBackup parix = engine.builder(engine.catalog, engine.provider, dispatcher, 8)
            .provider(elsewhere)
            .storage((database, provider) ->
                    provider.equals(InMemoryProvider.ID) ? registered : elsewhere.location("other", PREFIX))
            .build()
            .start();

    @AfterEach
    void close() {
        parix.close();
        engine.close();
    }

    private Backup backup() {
        BackupAnswer answer = parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        dispatcher.runUntilQuiet();
        engine.clock.advance(Duration.ofMinutes(1));
        return parix.backups()
                .find(((BackupAnswer.Accepted) answer).backup().id())
                .orElseThrow();
    }

    private Backup completed() {
        Backup backup = backup();
        assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED);
        return backup;
    }

    /** Begun, failed and swept. */
    private Backup failed() {
        engine.faults.add(fail("putIfAbsent")
                .with(refused(ErrorKind.DENIED, "No writing."))
                .ending(".idx"));
        Backup failed = backup();
        engine.faults.clear();
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(engine.catalog.find(failed.id().value()).orElseThrow().step())
                .isEqualTo("swept");
        return failed;
    }

    private void move() {
        engine.host.change(DATABASE, profile -> Profiles.servedBy(profile, elsewhere.id()));
    }

    private void later(Duration time) {
        engine.clock.advance(time);
        dispatcher.tick();
        dispatcher.runUntilQuiet();
    }

    private void pastTheAgeOf(Backup backup) {
        Instant due = Objects.requireNonNull(backup.endedAt()).plus(WEEK);
        engine.clock.advanceTo(due);
        later(Duration.ZERO);
    }

    private List<BackupId> kept() {
        return parix.backups().history(DATABASE, 100).stream().map(Backup::id).toList();
    }

    private CleanUpRow.State state() {
        return CleanUpRow.read(
                engine.catalog.keyed(DATABASE, JobKind.CLEAN_UP, CleanUpRow.KEY).orElseThrow());
    }

    private long toldBlocked() {
        return engine.events.stream()
                .filter(event -> event.kind() == BackupEvent.Kind.CLEAN_UP_BLOCKED)
                .count();
    }

    @Test
    @DisplayName(
            "H5 H3 B3 the row of a failed backup goes, though another place is registered by now, and blocks no other")
    void failedAtAFormerPlace() {
        Backup failed = failed();
        registered = engine.places.location("bucket-2", PREFIX);
        Backup old = completed();
        later(Duration.ofDays(1));
        Backup young = completed();

        pastTheAgeOf(old);

        assertThat(kept()).containsExactly(young.id());
        assertThat(engine.catalog.find(failed.id().value())).isEmpty();
        assertThat(state().reason()).isEmpty();
        assertThat(toldBlocked()).isZero();
    }

    @Test
    @DisplayName(
            "H5 H3 J4 nor does that of one whose place another installation has taken over, and what is there is left alone")
    void failedAtAnAdoptedPlace() {
        Backup failed = failed();
        ObjectKey theirs = new ObjectKey("parix/db-1/segments/" + failed.id() + "/0000000000000000009-0000000007.seg");
        adoptByAnother();
        engine.store().putIfAbsent(theirs, ObjectContent.of(new byte[] {1, 2, 3}), CALL);
        move();
        Backup old = completed();
        later(Duration.ofDays(1));
        Backup young = completed();

        pastTheAgeOf(old);

        assertThat(kept()).containsExactly(young.id());
        assertThat(state().reason()).isEmpty();
        assertThat(engine.store().keys()).contains(theirs);
    }

    private void adoptByAnother() {
        InMemoryCatalog other = new InMemoryCatalog(engine.clock, "ee".repeat(16));
        try (ParixBackup another = engine.engine(other, engine.provider, new SteppedDispatcher(engine.clock), 77)
                .start()) {
            var unused = another.rebuild().adopt(engine.location());
        }
    }

    @Test
    @DisplayName(
            "H5 a place whose credentials were revoked blocks what lies there, says so once and is tried again; what lies elsewhere goes")
    void revoked() {
        Backup first = completed();
        move();
        Backup old = completed();
        later(Duration.ofDays(1));
        Backup young = completed();
        engine.faults.add(fail("ObjectStore.*").with(refused(ErrorKind.DENIED, "The credentials were revoked.")));

        pastTheAgeOf(old);

        assertThat(kept()).containsExactly(young.id(), first.id());
        assertThat(state().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("The credentials were revoked."));
        later(RETRY);
        assertThat(toldBlocked()).isEqualTo(1);

        engine.faults.clear();
        later(RETRY);
        assertThat(kept()).containsExactly(young.id());
        assertThat(state().reason()).isEmpty();
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("H11 H5 what cannot be read at a place stops all that shares it, whatever another place does")
    void unreadable() {
        completed();
        move();
        Backup old = completed();
        later(Duration.ofDays(1));
        Backup young = completed();
        engine.faults.add(fail("ObjectStore.*").with(refused(ErrorKind.DENIED, "The credentials were revoked.")));
        ObjectKey manifest = new ObjectKey("parix/db-1/backups/" + young.id() + "/manifest.json");
        elsewhere.place("other").damage(manifest, Damage.flip(40));
        List<ObjectKey> before = elsewhere.place("other").keys();

        pastTheAgeOf(old);

        assertThat(elsewhere.place("other").keys()).isEqualTo(before);
        assertThat(state().reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains(young.id().value()));
    }
}
