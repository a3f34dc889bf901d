package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.fault.Effect.after;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.conflict;
import static io.parix.backup.testkit.fault.Refusal.thrown;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.ProcessClock;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.fault.Damage;
import io.parix.backup.testkit.fault.Fault;
import io.parix.backup.testkit.fault.Faults;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker believes of its claim, and what it does not take for the loss of it. */
class ClaimTest {
    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher own = new SteppedDispatcher(engine.clock);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger puts = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "B7 a claim is as old as its question, also when the answer took long: it ends on the worker's own clock")
    void slowClaim(boolean slow) {
        Catalog catalog = engine.catalog(
                fail("heartbeat").with(thrown(() -> new IllegalStateException("no answer"))),
                slowly("claim", slow ? lease().multipliedBy(2).dividedBy(3) : Duration.ZERO));

        Backup asked = runOnce(catalog);

        if (slow) {
            assertThat(puts)
                    .as("nothing is put under a claim that may be another's")
                    .hasValue(1);
            assertThat(find(asked).status()).isEqualTo(JobStatus.RUNNING);
        } else {
            assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    @DisplayName("B7 a claim whose answer took long is renewed before the first step")
    void slowClaimRenewed() {
        Catalog catalog = engine.catalog(slowly("claim", lease().multipliedBy(2).dividedBy(3)));

        Backup asked = runOnce(catalog);

        assertThat(puts).hasValueGreaterThan(1);
        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("B7 C12 a worker that cannot flag another backup, for others keep changing it, keeps its own job")
    void othersChangeTheFlagged() {
        Backup damaged = engine.backup();
        engine.store().keys().stream()
                .filter(key -> key.value().endsWith("manifest.json"))
                .forEach(key -> engine.store().damage(key, Damage.flip(100)));
        int tries = engine.settings.retry().conflictTries();
        Faults others = Faults.on(engine.clock);
        others.add(fail("Catalog.write(JobWrite)", first(tries))
                .with(conflict())
                .under(damaged.id().value()));
        Catalog catalog = others.before(Catalog.class, engine.catalog);
        ParixBackup worker = engine.engine(catalog, engine.provider, own, 99).start();
        Backup asked = ask();

        own.runUntilQuiet();

        assertThat(others.log().lines())
                .filteredOn(line -> line.startsWith("write " + damaged.id()))
                .hasSize(tries + 1);
        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(find(damaged).completed().orElseThrow().verification().passed())
                .isFalse();
        worker.close();
    }

    @Test
    @DisplayName("J5 a job asks for the catalog's time in each step, not for each chunk that it moves")
    void asksForTheTimeAtTimes() {
        Faults counted = Faults.on(engine.clock);
        Catalog catalog = counted.before(Catalog.class, engine.catalog);

        Backup asked = runOnce(catalog);

        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(counted.calls("now")).isBetween(1, 40);
    }

    /** Half a lease passes at the first put. */
    private Backup runOnce(Catalog catalog) {
        HookedProvider store = new HookedProvider(
                engine.provider, key -> pass(puts.incrementAndGet() == 1 ? lease().dividedBy(2) : Duration.ZERO));
        ParixBackup worker = engine.builder(catalog, store, own, 99)
                .clock(ProcessClock.of(engine.clock, nanos::get))
                .build()
                .start();
        Backup asked = ask();
        own.runNext();
        worker.close();
        return asked;
    }

    private Fault slowly(String call, Duration time) {
        return strike(call).with(after("takes long", () -> pass(time)));
    }

    private void pass(Duration time) {
        if (!time.isZero()) {
            engine.clock.advance(time);
            nanos.addAndGet(time.toNanos());
        }
    }

    private Duration lease() {
        return engine.settings.work().lease();
    }

    private Backup ask() {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.dispatcher.loseAll();
        own.tick();
        return asked;
    }

    private Backup find(Backup backup) {
        return engine.parix.backups().find(backup.id()).orElseThrow();
    }
}
