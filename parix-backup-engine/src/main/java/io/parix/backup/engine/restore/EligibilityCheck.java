package io.parix.backup.engine.restore;

import io.parix.backup.BackupId;
import io.parix.backup.CapturedProfile;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Failure;
import io.parix.backup.Report;
import io.parix.backup.RestoreId;
import io.parix.backup.Workflow;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.core.eligibility.BackupFacts;
import io.parix.backup.core.eligibility.CurrentFacts;
import io.parix.backup.core.eligibility.Eligibility;
import io.parix.backup.core.eligibility.Presence;
import io.parix.backup.core.eligibility.Retained;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.retention.RetentionView;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.verify.BackupVerifier;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the facts of eligibility, live, and lets {@code core} decide (spec E, F2). Safe for concurrent calls. */
public final class EligibilityCheck {
    private static final Logger LOG = LoggerFactory.getLogger(EligibilityCheck.class);

    private final Catalog catalog;
    private final RestoreHost host;
    private final LiveLook storage;
    private final RetentionView view;

    /**
     * Reads from the given parts.
     *
     * @param catalog where the backup is found
     * @param host says from which statuses a restore may start
     * @param storage looks whether the artifacts are there
     * @param view looks the database up, and tells what becomes of its backups
     */
    public EligibilityCheck(Catalog catalog, RestoreHost host, LiveLook storage, RetentionView view) {
        this.view = view;
        this.catalog = catalog;
        this.host = host;
        this.storage = storage;
    }

    /**
     * What was found.
     *
     * @param backup the backup's job
     * @param database what the host says of its database
     * @param report every check of spec E
     */
    public record Answer(BackupJob backup, DatabaseFacts database, Report report) {
        /** {@return the current profile, where the database is alive} */
        public Optional<DatabaseProfile> profile() {
            return database instanceof DatabaseFacts.Live live ? Optional.of(live.profile()) : Optional.empty();
        }
    }

    /**
     * Makes every check.
     *
     * @param backup which backup
     * @param start the restore that asks, when it is at its start
     * @return what was found
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when the catalog has no such backup
     */
    public Answer check(BackupId backup, Optional<Start> start) {
        BackupJob job = job(backup);
        return check(job, catalog.occupant(job.header().database()).stream().toList(), start);
    }

    /**
     * A restore at its start.
     *
     * @param restore which
     * @param bench what storage is looked at with; it renews the job's lease meanwhile
     */
    public record Start(RestoreId restore, Workbench bench) {}

    /**
     * Makes every check of a request that lost the race for the slot.
     *
     * @param backup which backup
     * @param holder what held the slot when it was asked for
     * @return the report; it names the holder
     */
    public Report occupied(BackupId backup, Workflow holder) {
        return check(job(backup), List.of(holder), Optional.empty()).report();
    }

    private Answer check(BackupJob job, List<Workflow> active, Optional<Start> start) {
        DatabaseFacts now = look(job.header().database());
        CurrentFacts current = current(now, active, start.map(Start::restore).orElse(null));
        return new Answer(job, now, Eligibility.report(facts(job, start.map(Start::bench)), current));
    }

    private CurrentFacts current(DatabaseFacts database, List<Workflow> active, @Nullable RestoreId self) {
        return new CurrentFacts(database, active, restorableFrom(), self);
    }

    /** A host that fails has not said that any may; what its exception says goes to the log alone. */
    private @Nullable Set<DatabaseStatus> restorableFrom() {
        try {
            return host.restorableFrom();
        } catch (RuntimeException e) {
            LOG.warn("The restore host cannot say from which statuses a restore may start", e);
            return null;
        }
    }

    /**
     * What a database is now, for backups of it that are looked at together.
     *
     * @param database what the host knows of it
     * @param active what holds its slot
     * @return the facts
     */
    public CurrentFacts current(DatabaseFacts database, List<Workflow> active) {
        return current(database, active, null);
    }

    /**
     * Makes every check by what is on record; E2 and E3 come from the last verification, with its instant (spec D3).
     *
     * @param job the backup's job
     * @param retained where it stands with its clean-up
     * @param current what its database is now
     * @return every check of spec E
     */
    public static Report recorded(BackupJob job, Retained retained, CurrentFacts current) {
        BackupFacts facts = job instanceof BackupJob.Completed done
                ? completed(done, BackupVerifier.recorded(done), retained)
                : notCompleted(job);
        return Eligibility.report(facts, current);
    }

    /**
     * Names the database of a backup.
     *
     * @param backup which backup
     * @return its database
     * @throws FailedException with {@link ErrorCode#NOT_FOUND} when the catalog has no such backup
     */
    public DatabaseId database(BackupId backup) {
        return job(backup).header().database();
    }

    private BackupJob job(BackupId backup) {
        return catalog.find(backup.value())
                .filter(row -> row.kind() == JobKind.BACKUP)
                .map(BackupRow::read)
                .orElseThrow(() -> new FailedException(
                        ErrorCode.NOT_FOUND, "Cannot find backup " + backup + " in the catalog. Check its id."));
    }

    /**
     * Looks the database up; a directory that fails does not know.
     *
     * @param database which
     * @return what the host says
     */
    public DatabaseFacts look(DatabaseId database) {
        return view.look(database);
    }

    private BackupFacts facts(BackupJob job, Optional<Workbench> bench) {
        return job instanceof BackupJob.Completed done
                ? completed(done, storage.at(done, bench), view.retained(done))
                : notCompleted(job);
    }

    private static BackupFacts completed(BackupJob.Completed done, Presence presence, Retained retained) {
        Integer count = done.contents().replicas().size();
        return new BackupFacts(
                done.status(),
                null,
                done.verification(),
                presence,
                count,
                done.captured().profile(),
                retained);
    }

    private static BackupFacts notCompleted(BackupJob job) {
        if (job instanceof BackupJob.Expiring expiring) {
            return expiring(expiring);
        }
        Failure failure = job instanceof BackupJob.Failed failed ? failed.failure() : null;
        return new BackupFacts(job.status(), failure, null, null, null, CapturedProfile.NONE, Retained.KEPT);
    }

    /** What is left of it is nobody's to look at: it is never restored again. */
    private static BackupFacts expiring(BackupJob.Expiring job) {
        BackupJob.Completed done = job.backup();
        return new BackupFacts(
                job.status(),
                null,
                done.verification(),
                null,
                done.contents().replicas().size(),
                done.captured().profile(),
                Retained.EXPIRING);
    }
}
