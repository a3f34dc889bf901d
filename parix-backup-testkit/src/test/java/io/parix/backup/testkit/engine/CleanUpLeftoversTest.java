package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.locked;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.Capture;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What lies in an expired backup's own folders and nobody needs goes with it, whoever put it there and when. */
class CleanUpLeftoversTest {
    private static final CallContext CALL =
            new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.DATA);

    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    private void put(ObjectKey key) {
        engine.store().putIfAbsent(key, ObjectContent.of(new byte[] {1, 2, 3}), CALL);
    }

    private static ObjectKey lateSegment(Backup backup) {
        return new ObjectKey("parix/db-1/segments/" + backup.id() + "/0000000000000000009-0000000007.seg");
    }

    private void pastTheAgeOf(Backup backup) {
        engine.clock.advanceTo(Objects.requireNonNull(backup.endedAt()).plus(Duration.ofDays(7)));
    }

    private void later(Duration time) {
        engine.clock.advance(time);
        engine.dispatcher.tick();
        engine.dispatcher.runUntilQuiet();
    }

    @Test
    @DisplayName("H3 H4 a segment that a late worker left goes with its backup, what a younger one shares stays")
    void lateSegmentGoes() {
        Backup old = engine.backup();
        later(Duration.ofDays(1));
        Backup young = engine.backup();
        put(lateSegment(old));
        long before = segmentsOf(old);
        pastTheAgeOf(old);

        later(Duration.ZERO);

        assertThat(engine.catalog.find(old.id().value())).isEmpty();
        assertThat(engine.store().keys()).doesNotContain(lateSegment(old));
        assertThat(before).isGreaterThan(1);
        assertThat(segmentsOf(old)).isEqualTo(before - 1);
        assertThat(engine.parix
                        .backups()
                        .verify(young.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        assertThat(engine.unowned()).isEmpty();
    }

    private long segmentsOf(Backup backup) {
        return engine.archived().stream()
                .filter(key -> key.contains("/segments/" + backup.id() + "/"))
                .count();
    }

    @Test
    @DisplayName("C11 of a backup that was found in storage nothing unnamed is deleted: a rebuild tells it")
    void foundInStorage() {
        Backup old = engine.backup();
        put(lateSegment(old));
        InMemoryCatalog empty = new InMemoryCatalog(engine.clock, "ee".repeat(16));
        SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
        try (ParixBackup second =
                engine.engine(empty, engine.provider, wakes, 77).start()) {
            second.rebuild().adopt(engine.location());
            var unused = second.rebuild().database(engine.location(), DATABASE);
            second.backups().lift(old.id(), ACTOR);
            engine.clock.advance(Duration.ofDays(6));
            var asked = second.backups().request(BackupRequest.of(DATABASE, ACTOR));
            wakes.runUntilQuiet();
            assertThat(asked).isNotNull();
            pastTheAgeOf(old);
            wakes.tick();

            assertThat(empty.find(old.id().value())).isEmpty();
            assertThat(engine.store().keys()).contains(lateSegment(old));
            assertThat(second.rebuild()
                            .database(engine.location(), DATABASE)
                            .unnamed()
                            .first())
                    .contains(lateSegment(old).value());
        }
    }

    @Test
    @DisplayName("B3 what a worker puts that slept through the end of its failed backup goes with the row of that")
    void lateForAFailedOne() {
        Backup failed = cancelled(true);
        put(lateSegment(failed));
        Backup young = engine.backup();

        engine.clock.advanceTo(end(failed).plus(Duration.ofDays(7)).minusMillis(1));
        later(Duration.ZERO);
        assertThat(engine.catalog.find(failed.id().value())).isPresent();
        later(Duration.ofHours(7));

        assertThat(engine.catalog.find(failed.id().value())).isEmpty();
        assertThat(engine.store().keys()).doesNotContain(lateSegment(failed));
        assertThat(engine.parix
                        .backups()
                        .verify(young.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
        assertThat(engine.unowned()).isEmpty();
    }

    @Test
    @DisplayName("B3 H10 while the place locks what came late, the row of the failed backup stays")
    void lateAndLocked() {
        Backup failed = cancelled(true);
        put(lateSegment(failed));
        engine.faults.add(fail("ObjectStore.delete").with(locked(end(failed).plus(Duration.ofDays(9)))));
        engine.clock.advanceTo(end(failed).plus(Duration.ofDays(7)));

        later(Duration.ZERO);
        assertThat(engine.catalog.find(failed.id().value())).isPresent();
        engine.faults.clear();
        later(Duration.ofHours(7));

        assertThat(engine.catalog.find(failed.id().value())).isEmpty();
        assertThat(engine.store().keys()).doesNotContain(lateSegment(failed));
    }

    @Test
    @DisplayName(
            "B3 the row of a backup that was cancelled before anybody worked at it goes without a look at the place")
    void neverBegun() {
        Backup failed = cancelled(false);
        engine.backup();
        int before = engine.faults.calls("ObjectStore.list");
        engine.clock.advanceTo(end(failed).plus(Duration.ofDays(7)));

        later(Duration.ZERO);

        assertThat(engine.catalog.find(failed.id().value())).isEmpty();
        assertThat(engine.faults.calls("ObjectStore.list")).isEqualTo(before);
    }

    private Backup cancelled(boolean begun) {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        if (begun) {
            engine.faults.add(answer("capture", first(1))
                    .with(new Capture.Pending("the replicas are stopping", Duration.ofHours(1))));
            engine.dispatcher.runNext();
        }
        engine.parix.backups().cancel(asked.id(), ACTOR);
        engine.dispatcher.runUntilQuiet();
        return engine.parix.backups().find(asked.id()).orElseThrow();
    }

    private static Instant end(Backup backup) {
        return Objects.requireNonNull(backup.endedAt());
    }

    @Test
    @DisplayName("H3 the folders are seen empty before the row goes: what comes while they are emptied goes, too")
    void seenEmpty() {
        Backup old = engine.backup();
        later(Duration.ofDays(1));
        engine.backup();
        pastTheAgeOf(old);
        ObjectKey late = new ObjectKey("parix/db-1/backups/" + old.id() + "/0000000000000000001-replica-0.idx");
        HookedProvider provider = new HookedProvider(engine.provider, key -> {}).before("delete");
        int[] deletes = {0};
        // The first call deletes the manifest, the second what the folder listed.
        provider.looking(() -> {
            if (++deletes[0] == 2) {
                put(late);
            }
        });
        SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
        try (ParixBackup worker =
                engine.engine(engine.catalog, provider, dispatcher, 9).start()) {
            dispatcher.tick();
            assertThat(worker.backups().find(old.id())).isEmpty();
        }
        assertThat(engine.store().keys()).doesNotContain(late);
        assertThat(engine.unowned()).isEmpty();
    }

    @Test
    @DisplayName("H3 a row stays while something comes into its folder faster than it goes, and says so")
    void neverSeenEmpty() {
        Backup old = engine.backup();
        later(Duration.ofDays(1));
        engine.backup();
        pastTheAgeOf(old);
        HookedProvider provider = new HookedProvider(engine.provider, key -> {}).before("delete");
        int[] deletes = {0};
        provider.looking(() ->
                put(new ObjectKey("parix/db-1/backups/" + old.id() + "/000000000000000000" + ++deletes[0] + "-x.idx")));
        SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
        try (ParixBackup worker =
                engine.engine(engine.catalog, provider, dispatcher, 9).start()) {
            dispatcher.tick();
            assertThat(worker.backups().find(old.id())).isPresent();
        }
        later(Duration.ofMinutes(11));
        assertThat(engine.catalog.find(old.id().value())).isEmpty();
        assertThat(engine.unowned()).isEmpty();
    }
}
