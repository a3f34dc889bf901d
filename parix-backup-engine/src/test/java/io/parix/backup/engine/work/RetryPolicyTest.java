package io.parix.backup.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private static final EngineSettings SETTINGS = EngineSettings.defaults();
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private final RetryPolicy policy = new RetryPolicy(SETTINGS);

    private static RetryPolicy.Tried tried(int strikes) {
        return tried(strikes, Duration.ZERO);
    }

    private static RetryPolicy.Tried tried(int strikes, Duration took) {
        return new RetryPolicy.Tried(strikes, NOW.minus(took), NOW, Phase.Hold.NOTHING);
    }

    private Duration waits(ProviderException failure, Duration took) {
        return ((Verdict.Again) policy.decide(failure, tried(0, took))).after();
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    @DisplayName("A6 I4 every kind of provider error has its one reaction")
    void everyKind(ErrorKind kind) {
        ProviderException failure = new ProviderException(kind, "it is so");
        Verdict first = policy.decide(failure, tried(0));
        Verdict last = policy.decide(failure, tried(SETTINGS.retry().retries()));
        switch (kind) {
            case THROTTLED, IN_USE -> {
                assertThat(first).isEqualTo(new Verdict.Again(Duration.ofSeconds(1), "it is so", 0));
                assertThat(last).isInstanceOf(Verdict.Again.class);
            }
            case QUOTA, LOCKED -> {
                assertThat(first).isEqualTo(new Verdict.Again(Duration.ofMinutes(5), "it is so", 0));
                assertThat(last).isInstanceOf(Verdict.Again.class);
            }
            case UNAVAILABLE, OUTCOME_UNKNOWN, CANCELLED -> {
                assertThat(first).isEqualTo(new Verdict.Again(Duration.ofSeconds(1), "it is so", 1));
                assertThat(last).isInstanceOf(Verdict.GivenUp.class);
            }
            case NOT_FOUND, ALREADY_EXISTS, CONFLICT, DENIED, INVALID_REQUEST, CORRUPT ->
                assertThat(first)
                        .isInstanceOfSatisfying(
                                Verdict.GivenUp.class,
                                given -> assertThat(given.code()).isEqualTo(ErrorCode.PROVIDER_FAILED));
        }
    }

    @Test
    @DisplayName("A6 the wait is at least what the place asks for, and at least the backoff")
    void retryAfter() {
        assertThat(policy.decide(ProviderException.throttled("slow", Duration.ofMinutes(7), null), tried(3)))
                .isEqualTo(new Verdict.Again(Duration.ofMinutes(7), "slow", 3));
        assertThat(policy.decide(ProviderException.throttled("slow", Duration.ofMillis(1), null), tried(3)))
                .isEqualTo(new Verdict.Again(Duration.ofSeconds(8), "slow", 3));
    }

    @Test
    @DisplayName(
            "H10 what is locked is asked for again when its lock ends, at least five minutes and at most a day later")
    void lockedUntil() {
        Duration day = Duration.ofDays(1);
        for (Duration lock : List.of(Duration.ofMinutes(5), Duration.ofHours(7), day)) {
            assertThat(waits(ProviderException.locked("locked", NOW.plus(lock)), Duration.ZERO))
                    .isEqualTo(lock);
        }
        for (Duration soon : List.of(Duration.ofSeconds(299), Duration.ZERO, Duration.ofSeconds(-5))) {
            assertThat(waits(ProviderException.locked("locked", NOW.plus(soon)), Duration.ZERO))
                    .isEqualTo(Duration.ofMinutes(5));
        }
        for (Instant late : List.of(NOW.plus(day).plusNanos(1), Instant.MAX)) {
            assertThat(waits(ProviderException.locked("locked", late), Duration.ZERO))
                    .isEqualTo(day);
        }
    }

    @Test
    @DisplayName("A6 J5 waiting grows with the time that the step has taken, from a second up to five minutes")
    void growingPatience() {
        ProviderException used = new ProviderException(ErrorKind.IN_USE, "used");

        assertThat(waits(used, Duration.ofSeconds(-1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(waits(used, Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(1));
        assertThat(waits(used, Duration.ofMinutes(4))).isEqualTo(Duration.ofMinutes(1));
        assertThat(waits(used, Duration.ofDays(7))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    @DisplayName(
            "C13 A6 keys that cannot be had are waited for: no strike is counted, and asking gets rarer, up to five minutes")
    void keysAreWaitedFor() {
        FailedException keys = new FailedException(ErrorCode.KEY_UNAVAILABLE, "no keys");
        int most = SETTINGS.retry().retries();

        assertThat(policy.decide(keys, tried(0))).isEqualTo(new Verdict.Again(Duration.ofSeconds(1), "no keys", 0));
        assertThat(policy.decide(keys, tried(2, Duration.ofMinutes(4))))
                .isEqualTo(new Verdict.Again(Duration.ofMinutes(1), "no keys", 2));
        assertThat(policy.decide(keys, tried(most, Duration.ofDays(6))))
                .isEqualTo(new Verdict.Again(Duration.ofMinutes(5), "no keys", most));
    }

    @Test
    @DisplayName(
            "C13 J5 but not while the host holds images: each time is a strike, and the last gives them up in minutes")
    void keysAreNotWaitedForWithImages() {
        FailedException keys = new FailedException(ErrorCode.KEY_UNAVAILABLE, "no keys");
        Duration waited = Duration.ZERO;
        int strikes = 0;
        Verdict verdict = policy.decide(keys, holding(strikes));
        while (verdict instanceof Verdict.Again again) {
            assertThat(again.strikes()).isEqualTo(strikes + 1);
            strikes = again.strikes();
            waited = waited.plus(again.after());
            verdict = policy.decide(keys, holding(strikes));
        }
        assertThat(((Verdict.GivenUp) verdict).code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        assertThat(strikes).isEqualTo(SETTINGS.retry().retries());
        assertThat(waited).isLessThan(Duration.ofMinutes(5));
    }

    private static RetryPolicy.Tried holding(int strikes) {
        return new RetryPolicy.Tried(strikes, NOW.minus(Duration.ofHours(1)), NOW, Phase.Hold.IMAGES);
    }

    @Test
    @DisplayName("J5 the backoff doubles up to five minutes, for any number of strikes")
    void backoff() {
        RetryPolicy patient =
                new RetryPolicy(EngineSettings.builder().retries(100).build());
        ProviderException down = new ProviderException(ErrorKind.UNAVAILABLE, "down");

        assertThat(patient.decide(down, tried(8))).isEqualTo(new Verdict.Again(Duration.ofSeconds(256), "down", 9));
        assertThat(patient.decide(down, tried(9))).isEqualTo(new Verdict.Again(Duration.ofMinutes(5), "down", 10));
        assertThat(patient.decide(down, tried(99))).isEqualTo(new Verdict.Again(Duration.ofMinutes(5), "down", 100));
        assertThat(patient.decide(down, tried(100))).isInstanceOf(Verdict.GivenUp.class);
    }

    @Test
    @DisplayName("B3 a coded failure is given up with its code, one that may pass is repeated")
    void coded() {
        assertThat(policy.decide(new FailedException(ErrorCode.OBJECT_CORRUPT, "bad"), tried(0)))
                .isInstanceOfSatisfying(
                        Verdict.GivenUp.class, given -> assertThat(given.code()).isEqualTo(ErrorCode.OBJECT_CORRUPT));
        for (ErrorCode passing : new ErrorCode[] {
            ErrorCode.DATABASE_UNKNOWN, ErrorCode.IMAGE_UNREADABLE, ErrorCode.IMAGE_LOCKED, ErrorCode.CATALOG_CONFLICT
        }) {
            assertThat(policy.decide(new FailedException(passing, "later"), tried(0)))
                    .isInstanceOf(Verdict.Again.class);
        }
    }

    @Test
    @DisplayName("B3 an unexpected exception is repeated, then given up as internal with its name")
    void unexpected() {
        NullPointerException fault = new NullPointerException("oops");

        assertThat(policy.decide(fault, tried(0))).isInstanceOf(Verdict.Again.class);
        assertThat(policy.decide(fault, tried(SETTINGS.retry().retries())))
                .isInstanceOfSatisfying(Verdict.GivenUp.class, given -> {
                    assertThat(given.code()).isEqualTo(ErrorCode.INTERNAL);
                    assertThat(given.message()).contains("NullPointerException", "oops");
                });
    }
}
