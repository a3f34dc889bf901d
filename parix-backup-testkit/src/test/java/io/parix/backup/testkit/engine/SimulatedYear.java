package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.settings.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A time of daily backups of some databases, in one engine on a stepped clock, and what must be true of it at its end. */
final class SimulatedYear implements AutoCloseable {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant BEGIN = Instant.parse("2027-01-01T12:00:00Z");
    private static final int PAGE = 1_000;
    private static final Set<BackupEvent.Kind> AMISS = EnumSet.of(
            BackupEvent.Kind.RUN_MISSED,
            BackupEvent.Kind.RUN_SKIPPED,
            BackupEvent.Kind.BACKUP_FAILED,
            BackupEvent.Kind.CLEAN_UP_BLOCKED);

    private final EngineFixture engine =
            new EngineFixture(EngineSettings.builder().duePage(PAGE).schedulePage(PAGE));
    private final Map<DatabaseId, Tally> tallies = new HashMap<>();
    private final List<BackupEvent> amiss = new ArrayList<>();
    private final int days;

    /** What was heard of one database. */
    private static final class Tally {
        private final List<LocalDate> made = new ArrayList<>();
        private int removed;
    }

    /** Sets the schedules of databases {@code from} to {@code to}, the last one excluded. */
    SimulatedYear(int from, int to, int days) {
        this.days = days;
        engine.clock.advanceTo(BEGIN);
        DatabaseProfile profile = EngineFixture.profile();
        List<byte[]> files = EngineFixture.files(EngineFixture.cluster());
        IntStream.range(from, to).mapToObj(i -> new DatabaseId("ledger-" + i)).forEach(database -> {
            tallies.put(database, new Tally());
            engine.host.put(
                    new DatabaseProfile(
                            database,
                            database.value(),
                            profile.status(),
                            profile.region(),
                            profile.provider(),
                            profile.shape(),
                            List.of()),
                    files);
            engine.parix.schedules().set(database, Cadence.daily("02:30", ZONE.getId()), ACTOR);
        });
    }

    void run() {
        for (Instant hour = BEGIN; hour.isBefore(end()); hour = hour.plus(1, ChronoUnit.HOURS)) {
            engine.clock.advanceTo(hour);
            engine.dispatcher.tick();
            engine.dispatcher.runUntilQuiet();
            count();
        }
    }

    private Instant end() {
        return BEGIN.plus(Duration.ofDays(days));
    }

    /** Millions of events would fill the memory. */
    private void count() {
        for (BackupEvent event : engine.events) {
            Tally tally = tallies.computeIfAbsent(event.database(), database -> new Tally());
            if (event.kind() == BackupEvent.Kind.BACKUP_COMPLETED) {
                tally.made.add(LocalDate.ofInstant(event.at(), ZONE));
            } else if (event.kind() == BackupEvent.Kind.BACKUP_REMOVED) {
                tally.removed++;
            } else if (AMISS.contains(event.kind())) {
                amiss.add(event);
            }
        }
        engine.events.clear();
    }

    /** Every day once, nothing amiss, made is kept and removed, nothing unowned. Returns how many backups were made. */
    int requireWhole() {
        assertThat(amiss).isEmpty();
        Map<String, List<String>> archived = new HashMap<>();
        for (String key : engine.archived()) {
            String[] parts = key.split("/", 3);
            archived.computeIfAbsent(parts[0] + "/" + parts[1], root -> new ArrayList<>())
                    .add(parts[2]);
        }
        assertThat(archived).hasSize(tallies.size());
        tallies.forEach((database, tally) -> {
            LocalDate first = LocalDate.ofInstant(BEGIN, ZONE).plusDays(1);
            assertThat(tally.made)
                    .as("one run for every local date of %s", database)
                    .isEqualTo(first.datesUntil(first.plusDays(days)).toList());
            List<Backup> kept = engine.parix.backups().history(database, 500);
            assertThat(kept)
                    .hasSizeBetween(7, 8)
                    .allSatisfy(backup -> assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED));
            assertThat(tally.removed).isEqualTo(tally.made.size() - kept.size());
            requireOwned(database, archived.getOrDefault("parix/" + database, List.of()), kept);
        });
        return tallies.values().stream().mapToInt(tally -> tally.made.size()).sum();
    }

    private void requireOwned(DatabaseId database, List<String> names, List<Backup> kept) {
        assertThat(names).isNotEmpty().allSatisfy(name -> {
            boolean ofKept = kept.stream().anyMatch(backup -> name.startsWith("backups/" + backup.id() + "/"));
            assertThat(ofKept || !engine.catalog.needing(database, name).isEmpty())
                    .as("%s of %s", name, database)
                    .isTrue();
        });
    }

    @Override
    public void close() {
        engine.close();
    }
}
