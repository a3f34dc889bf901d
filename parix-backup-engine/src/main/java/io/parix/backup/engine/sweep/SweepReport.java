package io.parix.backup.engine.sweep;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.CleanUpBlocked;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one look of a clean-up came to: what it remembers, tells and waits for. For one thread. */
final class SweepReport {
    private static final int MOST_REMEMBERED = 100;

    /** After an instant that has passed while it looked: a look that follows at once holds the place of another database's. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final CleanUpRow.State before;
    private final RetentionLimits limits;
    private final Instant now;
    private final List<CleanUpBlocked> blocked = new ArrayList<>();
    private final List<Instant> looks = new ArrayList<>();
    private final List<Instant> locks = new ArrayList<>();
    private boolean soon;
    private @Nullable BackupId keptAsLast;
    private @Nullable String stopped;

    SweepReport(CleanUpRow.State before, RetentionLimits limits, Instant now) {
        this.before = before;
        this.limits = limits;
        this.now = now;
        this.keptAsLast = before.keptAsLast();
    }

    /** The last restorable backup is kept past its age; null where none is. */
    void keepsLast(@Nullable BackupId backup) {
        keptAsLast = backup;
    }

    void looksAgainAt(Instant at) {
        looks.add(at);
    }

    /** Somebody changed a row meanwhile, or refers to it: it is looked at again soon. */
    void looksAgainSoon() {
        soon = true;
    }

    void blocked(BackupId backup, Removal.Obstacle obstacle) {
        Instant since = before.blocked().stream()
                .filter(earlier ->
                        earlier.backup().equals(backup) && earlier.code().equals(obstacle.code()))
                .map(CleanUpBlocked::since)
                .findFirst()
                .orElse(now);
        blocked.add(new CleanUpBlocked(backup, obstacle.code(), obstacle.reason(), obstacle.until(), since));
        if (!obstacle.code().equals(Removal.LOCKED)) {
            looksAgainSoon();
        } else if (obstacle.until() != null) {
            locks.add(obstacle.until());
        }
    }

    void stopped(RuntimeException why) {
        stopped = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        looksAgainSoon();
    }

    CleanUpRow.State state() {
        return new CleanUpRow.State(
                keptAsLast, blocked.subList(0, Math.min(blocked.size(), MOST_REMEMBERED)), stopped, now);
    }

    /**
     * How long until the next look, more than zero, and a second where the instant that was to be waited for has passed. What is tried
     * again is so some time after this look has ended, however long it was; a lock that has ended on the catalog's clock and not yet on
     * the store's counts as that.
     */
    Duration waits(Instant end) {
        boolean lockIsOver = locks.stream().anyMatch(at -> !at.isAfter(end));
        Duration longest = soon || lockIsOver ? sooner(limits.cleanUpRetry()) : limits.cleanUpEvery();
        return Stream.concat(looks.stream(), locks.stream().filter(at -> at.isAfter(end)))
                .map(at -> Duration.between(end, at))
                .map(wait -> wait.compareTo(Duration.ZERO) > 0 ? wait : SHORTEST)
                .filter(wait -> wait.compareTo(longest) < 0)
                .min(Duration::compareTo)
                .orElse(longest);
    }

    private Duration sooner(Duration retry) {
        return retry.compareTo(limits.cleanUpEvery()) < 0 ? retry : limits.cleanUpEvery();
    }

    /** What it waits for, where something is in the way. */
    Optional<String> words() {
        return Optional.ofNullable(stopped)
                .map(reason -> "Clean-up has stopped: " + reason)
                .or(() -> blocked.stream()
                        .findFirst()
                        .map(first -> "Cannot remove backup " + first.backup() + " yet: " + first.reason()));
    }

    /** What is news since the look before. */
    List<BackupEvent> events(JobRecord row) {
        Stream<BackupEvent> kept = Stream.ofNullable(keptAsLast)
                .filter(backup -> before.lastKept().filter(backup::equals).isEmpty())
                .map(backup -> event(row, BackupEvent.Kind.BACKUP_KEPT_AS_LAST, backup.value()));
        Stream<BackupEvent> obstacles = blocked.stream()
                .filter(found -> found.since().equals(now))
                .map(found -> event(
                        row, BackupEvent.Kind.CLEAN_UP_BLOCKED, found.backup().value()));
        Stream<BackupEvent> whole = Stream.ofNullable(stopped)
                .filter(reason -> before.reason().isEmpty())
                .map(reason -> event(row, BackupEvent.Kind.CLEAN_UP_BLOCKED, row.id()));
        return Stream.of(kept, obstacles, whole).flatMap(each -> each).toList();
    }

    private BackupEvent event(JobRecord row, BackupEvent.Kind kind, String job) {
        String id = row.id() + "-" + (row.version() + 1) + "-" + kind.code() + "-" + job;
        return new BackupEvent(id, kind, row.database(), job, now, null);
    }
}
