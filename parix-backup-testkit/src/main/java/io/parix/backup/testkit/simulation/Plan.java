package io.parix.backup.testkit.simulation;

import io.parix.backup.ByteSize;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.host.ReplicaVolume.ImageFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a run is made of, all of it told by its seed.
 *
 * @param databases how many
 * @param workers how many processes work
 * @param days how long users and faults go on
 * @param rate how probable it is that a call does not go well
 * @param images where replicas lie on volumes of which there are snapshots: where their images come from; else empty
 * @param settings of every engine
 * @param begin when it begins
 * @param cutting how long it takes until a snapshot is usable
 */
record Plan(
        int databases,
        int workers,
        int days,
        double rate,
        Optional<ImageFrom> images,
        EngineSettings settings,
        Instant begin,
        Duration cutting) {
    /** Two days before clocks are changed: forward, and back. */
    private static final List<Instant> BEGINNINGS =
            List.of(Instant.parse("2027-03-26T09:00:00Z"), Instant.parse("2027-10-29T09:00:00Z"));

    private static final double[] RATES = {0, 0.004, 0.015, 0.05};
    private static final List<@Nullable ImageFrom> IMAGES =
            Arrays.asList(null, null, null, null, ImageFrom.HOST, ImageFrom.SNAPSHOT);
    private static final List<Duration> CUTTING =
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(20), Duration.ofHours(2));
    private static final EngineSettings SETTINGS = EngineSettings.builder()
            .segmentSize(ByteSize.mebibytes(1))
            .transferWorkers(1)
            .spool(spool())
            .jobDeadline(Duration.ofHours(6))
            // So that runs of a few days see segments become too old to be shared.
            .segmentAge(Duration.ofDays(2))
            // Often, so that looks meet restores.
            .retention(new RetentionLimits(
                    Duration.ofHours(2),
                    RetentionLimits.DEFAULTS.cleanUpRetry(),
                    RetentionLimits.DEFAULTS.undoWindow(),
                    RetentionLimits.DEFAULTS.floor(),
                    RetentionLimits.DEFAULTS.clocksApart()))
            .build();

    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5EED);
        return new Plan(
                1 + random.nextInt(2),
                2 + random.nextInt(2),
                3 + random.nextInt(6),
                RATES[random.nextInt(RATES.length)],
                Optional.ofNullable(IMAGES.get(random.nextInt(IMAGES.size()))),
                SETTINGS,
                BEGINNINGS.get(random.nextInt(BEGINNINGS.size())),
                CUTTING.get(random.nextInt(CUTTING.size())));
    }

    /** Two databases, two workers, and nothing that goes wrong by chance. */
    static Plan calm(Optional<ImageFrom> images) {
        return new Plan(2, 2, 0, 0, images, SETTINGS, BEGINNINGS.get(0), CUTTING.get(0));
    }

    private static Path spool() {
        try {
            Path made = Files.createTempDirectory("parix-simulation");
            made.toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
