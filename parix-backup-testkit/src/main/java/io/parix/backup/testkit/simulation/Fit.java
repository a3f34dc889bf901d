package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.Page;
import io.parix.backup.PageRow;
import io.parix.backup.Report;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.core.job.RestoreStep;
import io.parix.backup.core.profile.ProfileValue;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.RestoreRow;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is offered and what is restored fits what its database is (spec E5 to E12). What a backup is of is what the host said when
 * its images were first handed out, and what a database is is what the host told whoever decides, since the turn in which it decides began.
 */
final class Fit implements Witness {
    private final World world;
    private final Map<String, CapturedProfile> attempts = new HashMap<>();
    private final Map<String, CapturedProfile> backups = new HashMap<>();
    private final Map<Thread, Map<DatabaseId, Set<CapturedProfile>>> told = new HashMap<>();
    private final Set<String> begun = new HashSet<>();

    Fit(World world) {
        this.world = world;
    }

    @Override
    public void begins() {
        told.remove(Thread.currentThread());
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        if (answer instanceof DatabaseFacts.Live live) {
            told(live.profile().id()).add(CapturedProfile.of(live.profile()));
        } else if (answer instanceof Capture.Ready) {
            taken(call.argument(Attempt.class));
        } else if (answer instanceof Inserted.Created created && created.row().kind() == JobKind.RESTORE) {
            fits(created.row());
        } else if (answer instanceof JobRecord row && call.name().equals("Catalog.write")) {
            wrote(row);
        }
    }

    private Set<CapturedProfile> told(DatabaseId database) {
        return told.computeIfAbsent(Thread.currentThread(), thread -> new HashMap<>())
                .computeIfAbsent(database, which -> new HashSet<>());
    }

    private void taken(Attempt attempt) {
        if (world.host().look(attempt.database()) instanceof DatabaseFacts.Live live) {
            attempts.putIfAbsent(attempt.toString(), CapturedProfile.of(live.profile()));
        }
    }

    private void wrote(JobRecord row) {
        if (row.kind() == JobKind.BACKUP && row.step().equals(BackupStep.COMPLETED.code())) {
            CapturedProfile of = attempts.get(row.id() + "-" + row.attempt());
            if (of != null) {
                backups.putIfAbsent(row.id(), of);
                says(row, of);
            }
        } else if (row.kind() == JobKind.RESTORE
                && row.step().equals(RestoreStep.MOVING.code())
                && begun.add(row.id())) {
            fits(row);
        }
    }

    private void says(JobRecord row, CapturedProfile of) {
        if (BackupRow.read(row) instanceof BackupJob.Completed backup
                && !backup.captured().profile().equals(of)) {
            world.watch()
                    .violated(
                            Invariant.SAYS_WHAT_IT_IS_OF,
                            row.id() + " says " + backup.captured().profile() + ", is of " + of);
        }
    }

    /** Whoever lets a restore in, or lets it begin, has been told that the database is what the backup is of. */
    private void fits(JobRecord restore) {
        BackupId backup = RestoreRow.view(restore).backup();
        CapturedProfile of = backups.get(backup.value());
        Set<CapturedProfile> is = told(restore.database());
        if (of != null && !is.contains(of)) {
            world.watch()
                    .violated(
                            Invariant.FITS_ITS_DATABASE,
                            restore.id() + " is " + restore.step() + ": backup " + backup + " is of " + of + ", and "
                                    + restore.database() + " is " + is);
        }
    }

    /** What a page says of each value that a restore depends on is so; called by the thread that read it. */
    void offered(DatabaseId database, Page page) {
        Set<CapturedProfile> is = told(database);
        if (is.size() == 1) {
            CapturedProfile now = is.iterator().next();
            page.rows().forEach(row -> offered(row, now));
        }
    }

    private void offered(PageRow row, CapturedProfile now) {
        CapturedProfile of = backups.get(row.backup().id().value());
        if (of == null || row.backup().status() != JobStatus.COMPLETED) {
            return;
        }
        for (ProfileValue value : ProfileValue.values()) {
            boolean same = value.of(of).equals(value.of(now));
            boolean said = !says(row.restore(), value.code() + "-mismatch");
            if (same != said) {
                world.watch()
                        .violated(
                                Invariant.FITS_ITS_DATABASE,
                                row.backup().id() + " is said to " + (said ? "fit" : "differ") + " by its "
                                        + value.words() + ": it is of " + of + ", and the database is " + now);
            }
        }
    }

    private static boolean says(Report report, String code) {
        return report.checks().stream()
                .filter(Check::failed)
                .anyMatch(check -> check.code().equals(code));
    }
}
