package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class YearTest {
    private static final int DATABASES = Integer.getInteger("parix.year.databases", 2);
    private static final int DAYS = Integer.getInteger("parix.year.days", 366);
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant BEGIN = Instant.parse("2027-01-01T12:00:00Z");

    private final EngineFixture engine = new EngineFixture();
    private final List<DatabaseId> databases = IntStream.range(0, DATABASES)
            .mapToObj(i -> new DatabaseId("ledger-" + i))
            .toList();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName(
            "G2 H3 H12 a year of daily backups of many databases: every day once, made is kept and removed, nothing unowned")
    void year() {
        DatabaseProfile profile = EngineFixture.profile();
        List<byte[]> files = EngineFixture.files(EngineFixture.cluster());
        engine.clock.advanceTo(BEGIN);
        for (DatabaseId database : databases) {
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
        }

        for (Instant hour = BEGIN; hour.isBefore(end()); hour = hour.plus(1, ChronoUnit.HOURS)) {
            engine.clock.advanceTo(hour);
            engine.dispatcher.tick();
            engine.dispatcher.runUntilQuiet();
        }

        databases.forEach(this::requireYear);
        assertThat(engine.kinds())
                .doesNotContain(
                        BackupEvent.Kind.RUN_MISSED,
                        BackupEvent.Kind.RUN_SKIPPED,
                        BackupEvent.Kind.BACKUP_FAILED,
                        BackupEvent.Kind.CLEAN_UP_BLOCKED);
    }

    private static Instant end() {
        return BEGIN.plus(Duration.ofDays(DAYS));
    }

    private void requireYear(DatabaseId database) {
        Map<BackupEvent.Kind, List<BackupEvent>> events = new HashMap<>();
        engine.events.stream()
                .filter(event -> event.database().equals(database))
                .forEach(event -> events.computeIfAbsent(event.kind(), kind -> new ArrayList<>())
                        .add(event));
        List<LocalDate> made = events.getOrDefault(BackupEvent.Kind.BACKUP_COMPLETED, List.of()).stream()
                .map(event -> LocalDate.ofInstant(event.at(), ZONE))
                .toList();
        LocalDate first = LocalDate.ofInstant(BEGIN, ZONE).plusDays(1);
        assertThat(made)
                .as("one run for every local date of %s", database)
                .isEqualTo(first.datesUntil(first.plusDays(DAYS)).toList());
        List<Backup> kept = engine.parix.backups().history(database, 500);
        assertThat(kept)
                .hasSizeBetween(7, 8)
                .allSatisfy(backup -> assertThat(backup.status()).isEqualTo(JobStatus.COMPLETED));
        assertThat(events.getOrDefault(BackupEvent.Kind.BACKUP_REMOVED, List.of()))
                .hasSize(made.size() - kept.size());
        requireOwned(database, kept);
    }

    private void requireOwned(DatabaseId database, List<Backup> kept) {
        String root = "parix/" + database + "/";
        assertThat(engine.archived())
                .filteredOn(key -> key.startsWith(root))
                .isNotEmpty()
                .allSatisfy(key -> {
                    String name = key.substring(root.length());
                    boolean ofKept = kept.stream().anyMatch(backup -> name.startsWith("backups/" + backup.id() + "/"));
                    assertThat(ofKept || !engine.catalog.needing(database, name).isEmpty())
                            .as(key)
                            .isTrue();
                });
    }
}
