package io.parix.backup.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ByteSize;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineSettingsTest {
    static Stream<Arguments> bounds() {
        return Stream.of(
                durations("lease", EngineSettingsBuilder::lease, Duration.ofSeconds(1), Duration.ofHours(1)),
                durations("tickEvery", EngineSettingsBuilder::tickEvery, Duration.ofMillis(10), Duration.ofMinutes(1)),
                numbers("concurrentJobs", EngineSettingsBuilder::concurrentJobs, 1, 64),
                durations(
                        "callTimeout", EngineSettingsBuilder::callTimeout, Duration.ofSeconds(1), Duration.ofHours(1)),
                durations(
                        "jobDeadline", EngineSettingsBuilder::jobDeadline, Duration.ofMinutes(1), Duration.ofDays(30)),
                numbers("captures", EngineSettingsBuilder::captures, 1, 10),
                numbers("retries", EngineSettingsBuilder::retries, 0, 100),
                durations(
                        "firstBackoff",
                        EngineSettingsBuilder::firstBackoff,
                        Duration.ofMillis(1),
                        Duration.ofMinutes(1)),
                durations(
                        "longestBackoff",
                        EngineSettingsBuilder::longestBackoff,
                        Duration.ofMinutes(1),
                        Duration.ofHours(1)),
                durations(
                        "commitRetry", EngineSettingsBuilder::commitRetry, Duration.ofSeconds(1), Duration.ofHours(1)),
                durations("sweepRetry", EngineSettingsBuilder::sweepRetry, Duration.ofSeconds(1), Duration.ofHours(1)),
                numbers("conflictTries", EngineSettingsBuilder::conflictTries, 1, 100),
                phases("captureDeadline", EngineSettingsBuilder::captureDeadline),
                phases("exportDeadline", EngineSettingsBuilder::exportDeadline),
                phases("stageDeadline", EngineSettingsBuilder::stageDeadline),
                phases("fenceDeadline", EngineSettingsBuilder::fenceDeadline),
                phases("confirmDeadline", EngineSettingsBuilder::confirmDeadline),
                numbers("segmentsInFlight", EngineSettingsBuilder::segmentsInFlight, 2, 16),
                numbers("compressionLevel", EngineSettingsBuilder::compressionLevel, -7, 19),
                sizes("memory", EngineSettingsBuilder::memory, TransferLimits.LEAST_MEMORY, 1L << 40),
                sizes("bandwidth", (b, size) -> b.transferWorkers(1).bandwidth(size), 1 << 20, 1L << 40),
                numbers("duePage", EngineSettingsBuilder::duePage, 1, 1_000),
                numbers("eventPage", EngineSettingsBuilder::eventPage, 1, 1_000),
                numbers("rebuildPage", EngineSettingsBuilder::rebuildPage, 1, 1_000),
                numbers("basePage", EngineSettingsBuilder::basePage, 1, 1_000),
                numbers("segmentSize", (b, n) -> b.segmentSize(new ByteSize(n)), 1 << 20, 32 << 20),
                numbers("transferWorkers", EngineSettingsBuilder::transferWorkers, 1, 64),
                durations("segmentAge", EngineSettingsBuilder::segmentAge, Duration.ofDays(1), Duration.ofDays(365)));
    }

    static Stream<Arguments> boundsOfShares() {
        return Stream.of(
                Arguments.of(
                        "readBackShare",
                        (Set<Double>) EngineSettingsBuilder::readBackShare,
                        0.0,
                        1.0,
                        Math.nextDown(0.0),
                        Math.nextUp(1.0)),
                Arguments.of(
                        "sparseBelow",
                        (Set<Double>) EngineSettingsBuilder::sparseBelow,
                        0.0,
                        0.95,
                        Math.nextDown(0.0),
                        Math.nextUp(0.95)),
                Arguments.of(
                        "rewriteShare",
                        (Set<Double>) EngineSettingsBuilder::rewriteShare,
                        0.001,
                        1.0,
                        Math.nextDown(0.001),
                        Math.nextUp(1.0)),
                numbers("concurrentCleanUps", EngineSettingsBuilder::concurrentCleanUps, 1, 16));
    }

    static Stream<Arguments> boundsOfRetention() {
        RetentionLimits d = RetentionLimits.DEFAULTS;
        return Stream.of(
                durations(
                        "cleanUpEvery",
                        (b, t) -> b.retention(
                                new RetentionLimits(t, d.cleanUpRetry(), d.undoWindow(), d.floor(), d.clocksApart())),
                        Duration.ofMinutes(1),
                        Duration.ofDays(7)),
                durations(
                        "cleanUpRetry",
                        (b, t) -> b.retention(
                                new RetentionLimits(d.cleanUpEvery(), t, d.undoWindow(), d.floor(), d.clocksApart())),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1)),
                durations(
                        "undoWindow",
                        (b, t) -> b.retention(
                                new RetentionLimits(d.cleanUpEvery(), d.cleanUpRetry(), t, d.floor(), d.clocksApart())),
                        Duration.ZERO,
                        Duration.ofDays(30)),
                durations(
                        "clocksApart",
                        (b, t) -> b.retention(
                                new RetentionLimits(d.cleanUpEvery(), d.cleanUpRetry(), d.undoWindow(), d.floor(), t)),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1)));
    }

    static Stream<Arguments> boundsOfSchedules() {
        return Stream.of(
                numbers("schedulePage", EngineSettingsBuilder::schedulePage, 1, 1_000),
                durations(
                        "spread",
                        EngineSettingsBuilder::spread,
                        Duration.ZERO,
                        Duration.ofDays(1).minusNanos(1)),
                durations("grace", EngineSettingsBuilder::grace, Duration.ofMinutes(1), Duration.ofDays(7)),
                durations(
                        "scheduleRetry",
                        EngineSettingsBuilder::scheduleRetry,
                        Duration.ofSeconds(1),
                        Duration.ofHours(1)));
    }

    private interface Set<T> extends BiFunction<EngineSettingsBuilder, T, EngineSettingsBuilder> {}

    @ParameterizedTest(name = "{0}")
    @MethodSource({"bounds", "boundsOfShares", "boundsOfSchedules", "boundsOfRetention"})
    @DisplayName("J5 each limit holds at its bounds and is refused just past them, by name")
    <T> void bounds(String key, Set<T> set, T least, T most, T below, T above) {
        assertThatCode(() -> set.apply(EngineSettings.builder(), least).build()).doesNotThrowAnyException();
        assertThatCode(() -> set.apply(EngineSettings.builder(), most).build()).doesNotThrowAnyException();
        for (T wrong : java.util.List.of(below, above)) {
            assertThatThrownBy(() -> set.apply(EngineSettings.builder(), wrong).build())
                    .isInstanceOfSatisfying(
                            ConfigurationException.class,
                            e -> assertThat(e.mistakes())
                                    .extracting(ConfigurationMistake::key)
                                    .containsExactly(key));
        }
    }

    @Test
    @DisplayName("J5 a bandwidth by which a call could not end in its time is refused, one that just suffices is not")
    void bandwidthAndCallTimeout() {
        EngineSettingsBuilder builder =
                EngineSettings.builder().concurrentJobs(2).transferWorkers(4).callTimeout(Duration.ofSeconds(16));
        ByteSize enough = ByteSize.mebibytes(16);

        assertThat(builder.bandwidth(enough).build().transfer().bandwidth()).isEqualTo(enough);
        assertThatThrownBy(() ->
                        builder.bandwidth(new ByteSize(enough.bytes() - 1)).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("bandwidth")
                .hasMessageContaining("8 transfers")
                .hasMessageContaining("16.0 MiB");
    }

    @Test
    @DisplayName("J5 a bandwidth that is too little is told with the other mistakes")
    void bandwidthWithOthers() {
        assertThatThrownBy(() -> EngineSettings.builder()
                        .concurrentJobs(64)
                        .transferWorkers(64)
                        .bandwidth(ByteSize.mebibytes(1))
                        .eventPage(0)
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(ConfigurationMistake::key)
                                .containsExactly("eventPage", "bandwidth"));
    }

    @Test
    @DisplayName("J5 a share that is no number is refused")
    void notANumber() {
        assertThatThrownBy(
                        () -> EngineSettings.builder().readBackShare(Double.NaN).build())
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    @DisplayName("J5 all mistakes are reported at once")
    void allAtOnce() {
        assertThatThrownBy(() -> EngineSettings.builder()
                        .lease(Duration.ZERO)
                        .captures(0)
                        .fenceDeadline(Duration.ZERO)
                        .commitRetry(Duration.ZERO)
                        .eventPage(0)
                        .spool(Path.of("no", "such", "directory"))
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.mistakes())
                                .extracting(ConfigurationMistake::key)
                                .containsExactly(
                                        "lease", "captures", "fenceDeadline", "commitRetry", "spool", "eventPage"));
    }

    @Test
    @DisplayName("J5 the defaults are those that the documentation names")
    void defaults() {
        EngineSettings settings = EngineSettings.defaults();

        assertThat(settings.work().lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.work().jobDeadline()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.transfer().segmentSize()).isEqualTo(ByteSize.mebibytes(32));
        assertThat(settings.transfer().segmentAge()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.work().captures()).isEqualTo(3);
        assertThat(settings.schedules())
                .isEqualTo(new ScheduleLimits(Duration.ofHours(1), Duration.ofHours(6), Duration.ofMinutes(5)));
    }

    private static Arguments durations(String key, Set<Duration> set, Duration least, Duration most) {
        return Arguments.of(key, set, least, most, least.minusNanos(1), most.plusNanos(1));
    }

    private static Arguments phases(String key, Set<Duration> set) {
        return durations(key, set, Duration.ofSeconds(1), Duration.ofDays(30));
    }

    private static Arguments sizes(String key, Set<ByteSize> set, long least, long most) {
        return Arguments.of(
                key, set, new ByteSize(least), new ByteSize(most), new ByteSize(least - 1), new ByteSize(most + 1));
    }

    private static Arguments numbers(String key, Set<Integer> set, int least, int most) {
        return Arguments.of(key, set, least, most, least - 1, most + 1);
    }

    @Test
    @DisplayName("J5 a backoff doubles for each strike and stops at the longest, however many there were")
    void backoff() {
        RetryLimits limits = EngineSettings.defaults().retry();

        assertThat(limits.backoff(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.backoff(8)).isEqualTo(Duration.ofSeconds(256));
        assertThat(limits.backoff(9)).isEqualTo(Duration.ofMinutes(5));
        assertThat(limits.backoff(100)).isEqualTo(Duration.ofMinutes(5));
    }
}
