package io.parix.backup.engine.settings;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Collects settings, each under its own name; the groups of {@link EngineSettings} check them. Not safe for concurrent use. */
public final class EngineSettingsBuilder {
    private Duration lease = Duration.ofMinutes(1);
    private Duration tickEvery = Duration.ofSeconds(1);
    private int concurrentJobs = 2;
    private int concurrentCleanUps = 2;
    private Duration callTimeout = Duration.ofMinutes(5);
    private Duration jobDeadline = Duration.ofHours(24);
    private int captures = 3;
    private Duration captureDeadline = Duration.ofHours(24);
    private Duration exportDeadline = Duration.ofHours(24);
    private Duration stageDeadline = Duration.ofHours(24);
    private Duration fenceDeadline = Duration.ofHours(1);
    private Duration confirmDeadline = Duration.ofHours(1);
    private int retries = 8;
    private Duration firstBackoff = Duration.ofSeconds(1);
    private Duration longestBackoff = Duration.ofMinutes(5);
    private Duration commitRetry = Duration.ofMinutes(1);
    private Duration sweepRetry = Duration.ofMinutes(1);
    private int conflictTries = 10;
    private ByteSize segmentSize = ByteSize.mebibytes(32);
    private int segmentsInFlight = 3;
    private int compressionLevel = -2;
    /** One more than there are processors: a worker that waits for the store leaves them busy. */
    private int transferWorkers = Math.min(8, Runtime.getRuntime().availableProcessors() + 1);

    private ByteSize memory = ByteSize.gibibytes(1);
    private ByteSize bandwidth = new ByteSize(1L << 40);
    private Duration segmentAge = Duration.ofDays(30);
    private double readBackShare = 0.01;
    private double sparseBelow = 0.8;
    private double rewriteShare = 0.1;
    private Path spool = Path.of(System.getProperty("java.io.tmpdir"));
    private int duePage = 100;
    private int eventPage = 100;
    private int basePage = 20;
    private int schedulePage = 100;
    private int rebuildPage = 100;
    private RetentionLimits retention = RetentionLimits.DEFAULTS;
    private SnapshotLimits snapshots = SnapshotLimits.DEFAULTS;
    private GaugeLimits gauges = GaugeLimits.DEFAULTS;
    private Duration spread = Duration.ofHours(1);
    private Duration grace = Duration.ofHours(6);
    private Duration scheduleRetry = Duration.ofMinutes(5);

    EngineSettingsBuilder() {}

    /**
     * Sets {@link WorkLimits#lease()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder lease(Duration value) {
        lease = value;
        return this;
    }

    /**
     * Sets {@link WorkLimits#tickEvery()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder tickEvery(Duration value) {
        tickEvery = value;
        return this;
    }

    /**
     * Sets {@link WorkLimits#concurrentJobs()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder concurrentJobs(int value) {
        concurrentJobs = value;
        return this;
    }

    /**
     * Sets {@link WorkLimits#concurrentCleanUps()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder concurrentCleanUps(int value) {
        concurrentCleanUps = value;
        return this;
    }

    /**
     * Sets {@link WorkLimits#callTimeout()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder callTimeout(Duration value) {
        callTimeout = value;
        return this;
    }

    /**
     * Sets {@link WorkLimits#jobDeadline()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder jobDeadline(Duration value) {
        jobDeadline = value;
        return this;
    }

    /**
     * Sets {@link WorkLimits#captures()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder captures(int value) {
        captures = value;
        return this;
    }

    /**
     * Sets {@link PhaseDeadlines#captureDeadline()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder captureDeadline(Duration value) {
        captureDeadline = value;
        return this;
    }

    /**
     * Sets {@link PhaseDeadlines#exportDeadline()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder exportDeadline(Duration value) {
        exportDeadline = value;
        return this;
    }

    /**
     * Sets {@link PhaseDeadlines#stageDeadline()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder stageDeadline(Duration value) {
        stageDeadline = value;
        return this;
    }

    /**
     * Sets {@link PhaseDeadlines#fenceDeadline()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder fenceDeadline(Duration value) {
        fenceDeadline = value;
        return this;
    }

    /**
     * Sets {@link PhaseDeadlines#confirmDeadline()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder confirmDeadline(Duration value) {
        confirmDeadline = value;
        return this;
    }

    /**
     * Sets {@link RetryLimits#retries()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder retries(int value) {
        retries = value;
        return this;
    }

    /**
     * Sets {@link RetryLimits#firstBackoff()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder firstBackoff(Duration value) {
        firstBackoff = value;
        return this;
    }

    /**
     * Sets {@link RetryLimits#longestBackoff()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder longestBackoff(Duration value) {
        longestBackoff = value;
        return this;
    }

    /**
     * Sets {@link RetryLimits#commitRetry()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder commitRetry(Duration value) {
        commitRetry = value;
        return this;
    }

    /**
     * Sets {@link RetryLimits#sweepRetry()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder sweepRetry(Duration value) {
        sweepRetry = value;
        return this;
    }

    /**
     * Sets {@link RetryLimits#conflictTries()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder conflictTries(int value) {
        conflictTries = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#segmentSize()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder segmentSize(ByteSize value) {
        segmentSize = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#segmentsInFlight()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder segmentsInFlight(int value) {
        segmentsInFlight = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#compressionLevel()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder compressionLevel(int value) {
        compressionLevel = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#transferWorkers()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder transferWorkers(int value) {
        transferWorkers = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#memory()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder memory(ByteSize value) {
        memory = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#bandwidth()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder bandwidth(ByteSize value) {
        bandwidth = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#segmentAge()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder segmentAge(Duration value) {
        segmentAge = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#readBackShare()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder readBackShare(double value) {
        readBackShare = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#sparseBelow()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder sparseBelow(double value) {
        sparseBelow = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#rewriteShare()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder rewriteShare(double value) {
        rewriteShare = value;
        return this;
    }

    /**
     * Sets {@link TransferLimits#spool()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder spool(Path value) {
        spool = value;
        return this;
    }

    /**
     * Sets {@link PageSizes#duePage()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder duePage(int value) {
        duePage = value;
        return this;
    }

    /**
     * Sets {@link PageSizes#eventPage()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder eventPage(int value) {
        eventPage = value;
        return this;
    }

    /**
     * Sets {@link PageSizes#basePage()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder basePage(int value) {
        basePage = value;
        return this;
    }

    /**
     * Sets {@link PageSizes#rebuildPage()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder rebuildPage(int value) {
        rebuildPage = value;
        return this;
    }

    /**
     * Sets {@link EngineSettings#retention()}.
     *
     * @param value the new values
     * @return this builder
     */
    public EngineSettingsBuilder retention(RetentionLimits value) {
        retention = value;
        return this;
    }

    /**
     * Sets {@link EngineSettings#snapshots()}.
     *
     * @param value the new values
     * @return this builder
     */
    public EngineSettingsBuilder snapshots(SnapshotLimits value) {
        snapshots = value;
        return this;
    }

    /**
     * Sets {@link PageSizes#schedulePage()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder schedulePage(int value) {
        schedulePage = value;
        return this;
    }

    /**
     * Sets {@link EngineSettings#gauges()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder gauges(GaugeLimits value) {
        gauges = value;
        return this;
    }

    /**
     * Sets {@link ScheduleLimits#spread()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder spread(Duration value) {
        spread = value;
        return this;
    }

    /**
     * Sets {@link ScheduleLimits#grace()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder grace(Duration value) {
        grace = value;
        return this;
    }

    /**
     * Sets {@link ScheduleLimits#scheduleRetry()}.
     *
     * @param value the new value
     * @return this builder
     */
    public EngineSettingsBuilder scheduleRetry(Duration value) {
        scheduleRetry = value;
        return this;
    }

    /**
     * Checks and freezes the settings.
     *
     * @return the settings
     * @throws ConfigurationException listing every mistake
     */
    public EngineSettings build() {
        Bounds bounds = new Bounds();
        Optional<WorkLimits> work = bounds.group(() -> new WorkLimits(
                lease, tickEvery, concurrentJobs, concurrentCleanUps, callTimeout, jobDeadline, captures));
        Optional<PhaseDeadlines> phases = bounds.group(() ->
                new PhaseDeadlines(captureDeadline, exportDeadline, stageDeadline, fenceDeadline, confirmDeadline));
        Optional<RetryLimits> retry = bounds.group(
                () -> new RetryLimits(retries, firstBackoff, longestBackoff, commitRetry, sweepRetry, conflictTries));
        Optional<TransferLimits> transfer = bounds.group(() -> new TransferLimits(
                segmentSize,
                segmentsInFlight,
                compressionLevel,
                transferWorkers,
                memory,
                bandwidth,
                segmentAge,
                readBackShare,
                sparseBelow,
                rewriteShare,
                spool));
        Optional<PageSizes> pages =
                bounds.group(() -> new PageSizes(duePage, eventPage, basePage, schedulePage, rebuildPage));
        Optional<ScheduleLimits> schedules = bounds.group(() -> new ScheduleLimits(spread, grace, scheduleRetry));
        if (work.isPresent() && transfer.isPresent()) {
            EngineSettings.requirePace(bounds, work.get(), transfer.get());
        }
        bounds.raise();
        return new EngineSettings(
                work.orElseThrow(),
                phases.orElseThrow(),
                retry.orElseThrow(),
                transfer.orElseThrow(),
                pages.orElseThrow(),
                retention,
                schedules.orElseThrow(),
                snapshots,
                gauges);
    }
}
