package io.parix.backup.faults;

import io.parix.backup.Actor;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreId;
import io.parix.backup.RestoreRequest;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.row.CleanUpRow;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: each database in turn for a backup, then for a restore of it, and again. What comes next is told by the catalog
 * alone, so any process goes on where another was killed; a backup is asked for under a key made of the one before.
 */
final class Requests {
    /** So many at once; those that a killed process left come on top. */
    private static final int AT_ONCE = 2;

    private static final int LOOK_MILLIS = 60;

    /** More than any wait of a clean-up of which time flies. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final ParixBackup parix;
    private final RoundFolder folder;
    private final Catalog catalog;
    private final Announcer announcer;
    private final BlockingQueue<BackupEvent> events;
    private final List<String> turn = new ArrayList<>(RoundFolder.databases());
    private final Map<DatabaseId, String> asked = new HashMap<>();
    private final BooleanSupplier finishing;
    private boolean cycled;

    Requests(
            ParixBackup parix,
            RoundFolder folder,
            Catalog catalog,
            Announcer announcer,
            BlockingQueue<BackupEvent> events,
            BooleanSupplier finishing) {
        this.parix = parix;
        this.folder = folder;
        this.catalog = catalog;
        this.announcer = announcer;
        this.events = events;
        this.finishing = finishing;
        Collections.rotate(turn, Math.floorMod(ProcessHandle.current().pid(), turn.size()));
    }

    void untilFinished() throws InterruptedException {
        boolean settled = false;
        while (!settled) {
            settled = ask() && finishing.getAsBoolean();
            BackupEvent event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            tellOfCycle(event);
        }
    }

    private void tellOfCycle(@Nullable BackupEvent event) {
        if (!cycled && event != null && event.kind() == BackupEvent.Kind.RESTORE_COMPLETED) {
            cycled = true;
            announcer.say(Node.CYCLE);
        }
    }

    /** Asks for what there is room for; answers whether nothing is under way and nothing is left to be asked for. */
    private boolean ask() {
        asked.entrySet()
                .removeIf(entry -> catalog.find(entry.getValue())
                        .filter(row -> !row.status().ended())
                        .isEmpty());
        boolean settled = true;
        List<String> order = new ArrayList<>(turn);
        order.sort((a, b) -> Boolean.compare(announcer.wants(Moment.Kind.of(b)), announcer.wants(Moment.Kind.of(a))));
        for (String name : order) {
            DatabaseId database = new DatabaseId(name);
            if (finishing.getAsBoolean() || (asked.size() < AT_ONCE && !asked.containsKey(database))) {
                settled &= advance(database);
            }
        }
        Collections.rotate(turn, 1);
        return settled;
    }

    /** Answers whether the database is as it may be left. */
    private boolean advance(DatabaseId database) {
        Optional<JobRecord> backup = newest(database, JobKind.BACKUP);
        Optional<JobRecord> restore = newest(database, JobKind.RESTORE);
        if (open(backup) || open(restore)) {
            return false;
        }
        Optional<BackupId> unrestored = unrestored(backup, restore);
        if (unrestored.isPresent()) {
            askRestore(database, unrestored.get());
            return false;
        }
        if (!finishing.getAsBoolean()) {
            askBackup(database, backup);
            return false;
        }
        return Moment.Kind.of(database.value()) != Moment.Kind.AGED || isCleanedUp(database);
    }

    /** No more than the last backup is left, and the clean-up, where there is one, rests. */
    private boolean isCleanedUp(DatabaseId database) {
        Instant soon = catalog.now().plus(REST);
        return FlyingTime.isCleanedUp(catalog, database)
                && catalog.keyed(database, JobKind.CLEAN_UP, CleanUpRow.KEY)
                        .filter(row -> row.claimed().isPresent()
                                || row.due().filter(at -> at.isBefore(soon)).isPresent())
                        .isEmpty();
    }

    /** Not ended, or ended and not yet swept. */
    private static boolean open(Optional<JobRecord> row) {
        return row.filter(r -> !r.status().ended() || r.due().isPresent()).isPresent();
    }

    private Optional<JobRecord> newest(DatabaseId database, JobKind kind) {
        return catalog.history(HistoryQuery.newest(database, kind, 1)).stream().findFirst();
    }

    private Optional<BackupId> unrestored(Optional<JobRecord> backup, Optional<JobRecord> restore) {
        Optional<BackupId> last = restore.flatMap(row -> parix.restores().find(new RestoreId(row.id())))
                .map(Restore::backup);
        return backup.filter(row -> row.status() == JobStatus.COMPLETED)
                .map(row -> new BackupId(row.id()))
                .filter(id -> last.filter(id::equals).isEmpty());
    }

    private void askBackup(DatabaseId database, Optional<JobRecord> before) {
        String key = before.map(row -> "after " + row.id()).orElse("first");
        BackupRequest request = new BackupRequest(database, new Actor("node"), key);
        if (parix.backups().request(request) instanceof BackupAnswer.Accepted accepted) {
            remember(database, accepted.backup().id().value());
        }
    }

    private void askRestore(DatabaseId database, BackupId backup) {
        RestoreRequest request = RestoreRequest.of(backup, RoundFolder.NAME, new Actor("node"));
        if (parix.restores().request(request) instanceof RestoreAnswer.Accepted accepted) {
            remember(database, accepted.restore().id().value());
        }
    }

    /** Beside the catalog, for a catalog that forgets what it answered forgets that it was asked, too. */
    private void remember(DatabaseId database, String job) {
        folder.accepted(database, job);
        asked.put(database, job);
    }
}
