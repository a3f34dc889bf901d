package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.thrown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupRequest;
import io.parix.backup.Cadence;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.GaugeReading;
import io.parix.backup.Gauges;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.settings.GaugeLimits;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What gauges say while an installation works, fails and starts again. */
class GaugesTest {
    private static final Duration REUSE = Duration.ofSeconds(15);

    private final EngineFixture engine = new EngineFixture(EngineSettings.builder()
            .gauges(new GaugeLimits(REUSE, Duration.ofHours(30)))
            .spread(Duration.ZERO));

    @AfterEach
    void close() {
        engine.close();
    }

    private GaugeReading reading() {
        engine.clock.advance(REUSE);
        return engine.parix.gauges().read();
    }

    @Test
    @DisplayName("J1 the queue, the fleet and the bytes follow what happens")
    void follow() {
        engine.parix.schedules().set(DATABASE, Cadence.daily("03:00", "UTC"), ACTOR);
        engine.parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        GaugeReading asked = reading();
        assertThat(asked.backups().queued()).isEqualTo(1);
        assertThat(asked.backups().longestQueued()).isEqualTo(REUSE);
        assertThat(asked.backups().due().jobs()).isEqualTo(1);
        assertThat(asked.fleet().scheduled()).isEqualTo(1);
        assertThat(asked.fleet().never()).isEqualTo(1);
        assertThat(asked.stored().bytes()).isZero();

        engine.dispatcher.runUntilQuiet();
        GaugeReading done = reading();
        assertThat(done.backups().queued() + done.backups().running()).isZero();
        assertThat(done.fleet().never()).isZero();
        assertThat(done.stored().bytes()).isPositive().isEqualTo(segmentBytes());

        engine.clock.advance(Duration.ofHours(31));
        GaugeReading later = reading();
        assertThat(later.fleet().late()).isEqualTo(1);
        assertThat(later.fleet().longestWithoutBackup()).isGreaterThan(Duration.ofHours(31));
        assertThat(later.fleet().longestOverdueRun()).isPositive();
    }

    @Test
    @DisplayName(
            "J1 H2 a deleted database counts in the fleet until its next run comes due, and is late no more from then on")
    void deletedDatabase() {
        engine.parix.schedules().set(DATABASE, Cadence.daily("09:30", "UTC"), ACTOR);
        engine.backup();
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));
        assertThat(reading().fleet().scheduled()).isEqualTo(1);

        engine.clock.advance(Duration.ofMinutes(30));
        engine.dispatcher.tick();
        engine.clock.advance(Duration.ofDays(3));

        assertThat(reading().fleet().scheduled()).isZero();
        assertThat(reading().fleet().late()).isZero();
        assertThat(reading().fleet().longestOverdueRun()).isZero();
    }

    @Test
    @DisplayName(
            "J1 G4 a run that a directory which is down holds up is overdue by all that time, though it is looked at again and again")
    void directoryDown() {
        engine.parix.schedules().set(DATABASE, Cadence.daily("09:30", "UTC"), ACTOR);
        DatabaseFacts live = engine.host.look(DATABASE);
        engine.host.say(DATABASE, new DatabaseFacts.Unknown("it is down"));
        while (engine.clock.instant().isBefore(Instant.parse("2026-11-23T14:30:00Z"))) {
            engine.clock.advance(Duration.ofMinutes(5));
            engine.dispatcher.tick();
        }
        assertThat(reading().fleet().longestOverdueRun()).isBetween(Duration.ofHours(5), Duration.ofMinutes(301));

        engine.host.say(DATABASE, live);
        engine.clock.advance(Duration.ofMinutes(5));
        engine.dispatcher.tick();

        assertThat(reading().fleet().longestOverdueRun()).isZero();
        assertThat(reading().backups().queued()).isEqualTo(1);
    }

    /** What the store itself says. */
    private long segmentBytes() {
        CallContext call = new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.MANIFEST);
        return engine.archived().stream()
                .filter(key -> key.endsWith(".seg"))
                .mapToLong(key -> engine.store()
                        .stat(new ObjectKey(key), call)
                        .orElseThrow()
                        .length())
                .sum();
    }

    @Test
    @DisplayName("J1 a new process says at once what the one before it said: gauges are counted in the catalog")
    void afterARestart() {
        engine.parix.schedules().set(DATABASE, Cadence.daily("03:00", "UTC"), ACTOR);
        engine.backup();
        engine.parix.backups().request(BackupRequest.of(DATABASE, ACTOR));
        GaugeReading before = reading();
        engine.parix.close();

        try (ParixBackup again = engine.engine(engine.catalog, engine.provider, new SteppedDispatcher(engine.clock), 8)
                .start()) {
            assertThat(again.gauges().read()).isEqualTo(before);
            assertThat(before).isEqualTo(engine.catalog.gauges(Duration.ofHours(30)));
            assertThat(before.backups().queued()).isEqualTo(1);
            assertThat(before.fleet().scheduled()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("J1 J5 the catalog is asked once in the time that is set, by one call, however often gauges are read")
    void asksRarely() {
        CountedCatalog counting = new CountedCatalog(engine);
        try (ParixBackup other = engine.engine(counting.view(), engine.provider, new SteppedDispatcher(engine.clock), 8)
                .start()) {
            Gauges gauges = other.gauges();
            counting.calls();
            GaugeReading first = gauges.read();
            engine.clock.advance(REUSE.minusNanos(1));
            assertThat(gauges.read()).isSameAs(first);
            assertThat(counting.calls()).containsExactly("gauges");
            engine.clock.advance(Duration.ofNanos(1));
            assertThat(gauges.read()).isNotSameAs(first);
            assertThat(counting.calls()).containsExactly("gauges");
        }
    }

    @Test
    @DisplayName("J1 a catalog that does not answer is an error and no zero, and is not asked again and again")
    void failures() {
        AtomicReference<@Nullable ProviderException> trouble =
                new AtomicReference<>(new ProviderException(ErrorKind.UNAVAILABLE, "Cannot read: the server is away"));
        CountedCatalog counting = new CountedCatalog(engine, failing(trouble));
        try (ParixBackup other = engine.engine(counting.view(), engine.provider, new SteppedDispatcher(engine.clock), 8)
                .start()) {
            Gauges gauges = other.gauges();
            counting.calls();
            assertThatThrownBy(gauges::read).isSameAs(trouble.get());
            trouble.set(null);
            engine.clock.advance(REUSE.minusNanos(1));
            assertThatThrownBy(gauges::read).isInstanceOf(ProviderException.class);
            assertThat(counting.calls()).containsExactly("gauges");
            engine.clock.advance(Duration.ofNanos(1));
            assertThat(gauges.read().backups().queued()).isZero();
        }
    }

    private static Fault failing(AtomicReference<@Nullable ProviderException> trouble) {
        return fail("gauges")
                .with(thrown(() -> Objects.requireNonNull(trouble.get())))
                .when("in trouble", call -> trouble.get() != null);
    }

    @Test
    @DisplayName("J1 gauges are those of a running instance")
    void running() {
        engine.parix.close();
        assertThatThrownBy(engine.parix::gauges)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RUNNING));
    }
}
