package io.parix.backup.engine.sweep;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupException;
import io.parix.backup.BackupId;
import io.parix.backup.CleanUpBlocked;
import io.parix.backup.ErrorCode;
import io.parix.backup.core.retention.Belonging;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one look of a clean-up came to: what it remembers, tells and waits for. For one thread. */
final class SweepReport {
    /** So many blocked backups are each told of, in one look; those beyond in one event. */
    private static final int MOST_TOLD = 100;

    /** After an instant that has passed while it looked: a look that follows at once holds the place of another database's. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final CleanUpRow.State before;
    private final RetentionLimits limits;
    private final Instant now;
    private final List<CleanUpBlocked> blocked = new ArrayList<>();
    private final Set<BackupId> looked = new HashSet<>();
    private final List<Instant> looks = new ArrayList<>();
    private final List<Instant> locks = new ArrayList<>();
    private boolean soon;
    private @Nullable BackupId keptAsLast;
    private @Nullable Belonging belonging;
    private @Nullable String stopped;
    private @Nullable ErrorCode stoppedBy;
    private boolean whole;

    SweepReport(CleanUpRow.State before, RetentionLimits limits, Instant now) {
        this.before = before;
        this.limits = limits;
        this.now = now;
        this.keptAsLast = before.keptAsLast();
        this.belonging = before.belonging();
    }

    /** Whose the database is. */
    void belongs(Belonging to) {
        belonging = to;
    }

    /** The last restorable backup is kept though it was to go; null where none is. */
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
        looked(backup);
        blocked.add(new CleanUpBlocked(backup, obstacle.code(), obstacle.reason(), obstacle.until(), since));
        if (!obstacle.code().equals(Removal.LOCKED)) {
            looksAgainSoon();
        } else if (obstacle.until() != null) {
            locks.add(obstacle.until());
        }
    }

    /** Something could not be done: all the rest, or what lies at a place that cannot be used. */
    void stopped(RuntimeException why) {
        String words = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        stopped = stopped == null ? words : stopped + " " + words;
        if (why instanceof BackupException coded && stoppedBy == null) {
            stoppedBy = coded.code();
        }
        looksAgainSoon();
    }

    /** Whether a backup is blocked is known by now. */
    void looked(BackupId backup) {
        looked.add(backup);
    }

    /** The look came to everything that was to be removed. */
    void whole() {
        whole = true;
    }

    /** What a look that stopped did not come to is as it was. One more than is told of tells the next look that there are more. */
    CleanUpRow.State state() {
        Stream<CleanUpBlocked> unseen =
                before.blocked().stream().filter(earlier -> !whole && !looked.contains(earlier.backup()));
        List<CleanUpBlocked> remembered =
                Stream.concat(blocked.stream(), unseen).limit(MOST_TOLD + 1).toList();
        return new CleanUpRow.State(keptAsLast, remembered, stopped, now, belonging);
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
                .map(backup -> event(row, BackupEvent.Kind.BACKUP_KEPT_AS_LAST, backup.value(), null));
        Stream<BackupEvent> obstacles = blocked.stream()
                .limit(MOST_TOLD)
                .filter(found -> found.since().equals(now))
                .map(found -> event(
                        row, BackupEvent.Kind.CLEAN_UP_BLOCKED, found.backup().value(), null));
        boolean stops = stopped != null && before.reason().isEmpty();
        boolean more = blocked.size() > MOST_TOLD && before.blocked().size() <= MOST_TOLD;
        Stream<BackupEvent> all = stops || more
                ? Stream.of(event(row, BackupEvent.Kind.CLEAN_UP_BLOCKED, row.id(), stoppedBy))
                : Stream.empty();
        return Stream.of(kept, obstacles, all).flatMap(each -> each).toList();
    }

    private BackupEvent event(JobRecord row, BackupEvent.Kind kind, String job, @Nullable ErrorCode code) {
        String id = row.id() + "-" + (row.version() + 1) + "-" + kind.code() + "-" + job;
        return new BackupEvent(id, kind, row.database(), job, now, code);
    }
}
