package io.parix.backup.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.JobStatus;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.testkit.store.Damage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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

    /** What happens at a call of the catalog. */
    private interface Call {
        void at(String method, Object[] arguments);

        /** Nothing. */
        static void pass(String method, Object[] arguments) {}
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "B7 a claim is as old as its question, also when the answer took long: it ends on the worker's own clock")
    void slowClaim(boolean slow) {
        Catalog catalog = over(
                (method, arguments) -> {
                    if (method.equals("heartbeat")) {
                        throw new IllegalStateException("no answer");
                    }
                },
                (method, arguments) -> pass(
                        method.equals("claim") && slow ? lease().multipliedBy(2).dividedBy(3) : Duration.ZERO));

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
        Catalog catalog = over(
                Call::pass,
                (method, arguments) ->
                        pass(method.equals("claim") ? lease().multipliedBy(2).dividedBy(3) : Duration.ZERO));

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
        AtomicInteger conflicts = new AtomicInteger();
        int tries = engine.settings.retry().conflictTries();
        Catalog catalog = over(
                (method, arguments) -> {
                    if (method.equals("write")
                            && ((JobWrite) arguments[0])
                                    .next()
                                    .id()
                                    .equals(damaged.id().value())
                            && conflicts.incrementAndGet() <= tries) {
                        throw new CatalogConflictException(damaged.id().value(), 1, null);
                    }
                },
                Call::pass);
        ParixBackup worker = engine.engine(catalog, engine.provider, own, 99).start();
        Backup asked = ask();

        own.runUntilQuiet();

        assertThat(conflicts).hasValue(tries + 1);
        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(find(damaged).completed().orElseThrow().verification().passed())
                .isFalse();
        worker.close();
    }

    @Test
    @DisplayName("J5 a job asks for the catalog's time in each step, not for each chunk that it moves")
    void asksForTheTimeAtTimes() {
        AtomicInteger questions = new AtomicInteger();
        Catalog catalog = over(
                (method, arguments) -> {
                    if (method.equals("now")) {
                        questions.incrementAndGet();
                    }
                },
                Call::pass);

        Backup asked = runOnce(catalog);

        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(questions).hasValueBetween(1, 40);
    }

    /** Half a lease passes at the first put. */
    private Backup runOnce(Catalog catalog) {
        HookedProvider store = new HookedProvider(
                engine.provider, key -> pass(puts.incrementAndGet() == 1 ? lease().dividedBy(2) : Duration.ZERO));
        ParixBackup worker = engine.builder(catalog, store, own, 99)
                .nanos(nanos::get)
                .build()
                .start();
        Backup asked = ask();
        own.runNext();
        worker.close();
        return asked;
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

    private Catalog over(Call before, Call after) {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, arguments) -> {
                    before.at(method.getName(), arguments);
                    try {
                        Object answer = method.invoke(engine.catalog, arguments);
                        after.at(method.getName(), arguments);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
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
