package io.parix.backup.engine;

import io.parix.backup.Backups;
import io.parix.backup.BackupsPage;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Gauges;
import io.parix.backup.Restores;
import io.parix.backup.Retention;
import io.parix.backup.Schedules;
import io.parix.backup.Workflow;
import io.parix.backup.doctor.Doctor;
import io.parix.backup.engine.backup.BackupParts;
import io.parix.backup.engine.backup.BackupSteps;
import io.parix.backup.engine.doctor.DoctorParts;
import io.parix.backup.engine.doctor.ProviderDoctor;
import io.parix.backup.engine.event.EventPump;
import io.parix.backup.engine.gauge.GaugeReader;
import io.parix.backup.engine.intake.BackupIntake;
import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.engine.intake.JobIds;
import io.parix.backup.engine.intake.RestoreIntake;
import io.parix.backup.engine.page.PageParts;
import io.parix.backup.engine.page.PageReader;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.provider.Installations;
import io.parix.backup.engine.provider.ProviderRegistry;
import io.parix.backup.engine.provider.ProviderSessions;
import io.parix.backup.engine.rebuild.RebuildParts;
import io.parix.backup.engine.rebuild.Rebuilder;
import io.parix.backup.engine.restore.EligibilityCheck;
import io.parix.backup.engine.restore.LiveLook;
import io.parix.backup.engine.restore.RestoreParts;
import io.parix.backup.engine.restore.RestoreSteps;
import io.parix.backup.engine.retention.RetentionIntake;
import io.parix.backup.engine.retention.RetentionParts;
import io.parix.backup.engine.retention.RetentionView;
import io.parix.backup.engine.row.ConflictRetry;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.engine.schedule.FreshStart;
import io.parix.backup.engine.schedule.ScheduleIntake;
import io.parix.backup.engine.schedule.SchedulePoller;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.sweep.CleanUpJobs;
import io.parix.backup.engine.sweep.CleanUpSteps;
import io.parix.backup.engine.sweep.SweepParts;
import io.parix.backup.engine.verify.BackupVerifier;
import io.parix.backup.engine.verify.DamageRecords;
import io.parix.backup.engine.work.Bench;
import io.parix.backup.engine.work.JobLoop;
import io.parix.backup.engine.work.JobSteps;
import io.parix.backup.engine.work.MemoryBudget;
import io.parix.backup.rebuild.Rebuild;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Dispatcher;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The front door: backups and restores of TigerBeetle clusters, embedded in a service of yours.
 *
 * <p>{@link #builder()}, {@link #start()}, the services, {@link #close()}. No thread lives and nothing connects before
 * {@code start}, unless {@link #doctor()} is asked to examine a place, and then until it answers; no thread after {@code close}.
 * Several may live in one process, and several processes may share a catalog. Safe for concurrent calls.
 */
public final class ParixBackup implements AutoCloseable {
    private enum Life {
        NEW,
        RUNNING,
        CLOSED
    }

    private final Catalog catalog;
    private final Dispatcher dispatcher;
    private final Set<String> regions;
    private final ProviderSessions sessions;
    private final JobLoop loop;
    private final LentThreads threads;
    private final LentThreads listening;
    private final LentThreads polling;
    private final Backups backups;
    private final Restores restores;
    private final Retention retention;
    private final ScheduleIntake schedules;
    private final BackupsPage page;
    private final Gauges gauges;
    private final SchedulePoller poller;
    private final Rebuild rebuild;
    private final ProviderDoctor doctor;
    private final AtomicReference<Life> life = new AtomicReference<>(Life.NEW);

    ParixBackup(ParixBackupBuilder.Wiring wiring, ProviderRegistry registry) {
        EngineSettings settings = wiring.settings();
        this.catalog = wiring.catalog();
        this.dispatcher = wiring.dispatcher();
        this.regions = wiring.worker().regions();
        this.threads = wiring.threads();
        this.listening = wiring.listening();
        this.polling = wiring.polling();
        this.sessions = new ProviderSessions(registry);
        Installations installations = new Installations(catalog, sessions);
        DatabaseArchives archives =
                new DatabaseArchives(wiring.locations(), sessions, installations, wiring.keys(), settings.transfer());
        EventPump events =
                new EventPump(catalog, wiring.listener(), settings.pages().eventPage(), listening);
        Bench bench = new Bench(threads, settings, new MemoryBudget(settings));
        BackupVerifier verifier = new BackupVerifier(catalog, archives, threads, settings);
        JobIds ids = new JobIds(wiring.random());
        CleanUpJobs cleanUps = new CleanUpJobs(catalog, ids);
        this.rebuild = new Rebuilder(new RebuildParts(catalog, archives, installations, cleanUps, settings));
        RetentionParts keeping =
                new RetentionParts(catalog, wiring.directory(), wiring.organizations(), archives, settings);
        RetentionView view = new RetentionView(keeping);
        this.retention = new RetentionIntake(keeping, view);
        DamageRecords damage = damage(catalog, archives, settings);
        EligibilityCheck eligibility =
                new EligibilityCheck(catalog, wiring.restoreHost(), new LiveLook(verifier, damage), view);
        this.loop = new JobLoop(
                new JobLoop.Parts(catalog, dispatcher, events, settings, wiring.worker(), threads),
                steps(wiring, new Shared(archives, bench, cleanUps, view, eligibility, damage)));
        IntakeParts intake = new IntakeParts(
                catalog,
                dispatcher,
                events,
                registry,
                archives,
                eligibility,
                verifier,
                wiring.access(),
                wiring.organizations(),
                ids,
                settings);
        this.backups = new BackupIntake(intake);
        this.restores = new RestoreIntake(intake);
        this.schedules = new ScheduleIntake(intake);
        this.page = new PageReader(new PageParts(intake, view, schedules));
        this.gauges =
                new GaugeReader(catalog, settings.gauges(), wiring.worker().nanos());
        this.doctor = doctor(wiring, sessions, ids);
        this.poller = new SchedulePoller(intake, () -> life.get() == Life.CLOSED, polling);
    }

    private static DamageRecords damage(Catalog catalog, DatabaseArchives archives, EngineSettings settings) {
        ConflictRetry retry = new ConflictRetry(settings.retry().conflictTries());
        return new DamageRecords(catalog, archives, new Findings(catalog, retry));
    }

    private static ProviderDoctor doctor(ParixBackupBuilder.Wiring wiring, ProviderSessions sessions, JobIds ids) {
        return new ProviderDoctor(new DoctorParts(
                wiring.catalog(),
                sessions,
                ids,
                wiring.settings().work().callTimeout(),
                wiring.worker().nanos()));
    }

    /** What steps of several kinds work with. */
    private record Shared(
            DatabaseArchives archives,
            Bench bench,
            CleanUpJobs cleanUps,
            RetentionView view,
            EligibilityCheck eligibility,
            DamageRecords damage) {}

    private static List<JobSteps> steps(ParixBackupBuilder.Wiring wiring, Shared shared) {
        Catalog catalog = wiring.catalog();
        EngineSettings settings = wiring.settings();
        return List.of(
                new BackupSteps(new BackupParts(
                        catalog,
                        shared.view()::look,
                        wiring.images(),
                        wiring.volumes(),
                        shared.archives(),
                        shared.cleanUps(),
                        shared.bench(),
                        settings)),
                new CleanUpSteps(new SweepParts(
                        catalog, shared.view(), shared.archives(), shared.cleanUps(), settings, wiring.clock())),
                new RestoreSteps(new RestoreParts(
                        catalog,
                        wiring.restoreHost(),
                        shared.archives(),
                        shared.eligibility(),
                        shared.damage(),
                        shared.bench(),
                        new FreshStart(catalog, settings),
                        settings)));
    }

    /** {@return a builder; catalog, directory, images, restore host and storage must be given} */
    public static ParixBackupBuilder builder() {
        return new ParixBackupBuilder();
    }

    /**
     * Begins to work: jobs that were left waiting are taken up.
     *
     * @return this
     * @throws FailedException with {@link ErrorCode#NOT_RUNNING} when it was started or closed before
     */
    public ParixBackup start() {
        if (!life.compareAndSet(Life.NEW, Life.RUNNING)) {
            throw new FailedException(
                    ErrorCode.NOT_RUNNING,
                    "Cannot start: this instance was started or closed before. Build a new one.");
        }
        threads.start();
        listening.start();
        polling.start();
        dispatcher.start(regions, loop::look, this::tick);
        return this;
    }

    /** {@return asking for backups and looking at them} */
    public Backups backups() {
        requireRunning();
        return backups;
    }

    /** {@return asking for restores and looking at them} */
    public Restores restores() {
        requireRunning();
        return restores;
    }

    /** {@return the schedules of daily backups} */
    public Schedules schedules() {
        requireRunning();
        return schedules;
    }

    /** {@return how long backups are kept} */
    public Retention retention() {
        requireRunning();
        return retention;
    }

    /** {@return what a dashboard shows of a database's backups, and how protected it is} */
    public BackupsPage backupsPage() {
        requireRunning();
        return page;
    }

    /** {@return what those who operate this installation watch} */
    public Gauges gauges() {
        requireRunning();
        return gauges;
    }

    /** {@return bringing history back from object storage} */
    public Rebuild rebuild() {
        requireRunning();
        return rebuild;
    }

    /**
     * {@return trying a place live; before {@link #start()} as well, so that what is wrong with it is known before anything relies on it} An
     * examination connects, and has up to four threads of its own until it answers, whether the engine runs or not.
     */
    public Doctor doctor() {
        if (life.get() == Life.CLOSED) {
            throw new FailedException(
                    ErrorCode.NOT_RUNNING, "Cannot answer: this instance is closed. Build a new one.");
        }
        return doctor;
    }

    /**
     * Takes the database's slot for a workflow of the host's own: provisioning, import, decommission (spec A3).
     *
     * @param database whose
     * @param workflow what will occupy it
     * @return what occupies it instead, or empty when the slot is taken; taking it again with the same owner succeeds
     */
    public Optional<Workflow> occupy(DatabaseId database, Workflow workflow) {
        requireRunning();
        return catalog.acquire(database, workflow);
    }

    /**
     * Gives back what {@link #occupy} took. Giving back what is not held does nothing.
     *
     * @param database whose
     * @param workflow what occupied it
     */
    public void vacate(DatabaseId database, Workflow workflow) {
        requireRunning();
        catalog.release(database, workflow);
    }

    /**
     * Stops: running steps end at their next chunk boundary and their jobs are handed on; returns when no thread of this
     * instance is left, but the one that calls it where that is one of them. Repeating it does nothing.
     */
    @Override
    public void close() {
        if (life.getAndSet(Life.CLOSED) == Life.CLOSED) {
            return;
        }
        loop.close();
        doctor.close();
        dispatcher.close();
        polling.close();
        threads.close();
        listening.close();
        sessions.close();
    }

    /** Neither part of the work waits for the other one to succeed. */
    private void tick() {
        try {
            loop.tick();
        } finally {
            poller.tick();
        }
    }

    private void requireRunning() {
        if (life.get() != Life.RUNNING) {
            throw new FailedException(
                    ErrorCode.NOT_RUNNING, "Cannot answer: this instance is not running. Call start() first.");
        }
    }
}
