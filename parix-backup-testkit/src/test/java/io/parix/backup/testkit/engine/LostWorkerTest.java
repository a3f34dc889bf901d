package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strikeAny;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.thrown;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.ProcessClock;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.fault.Effect;
import java.io.IOError;
import java.io.IOException;
import java.time.Duration;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of workers that lose sight of their jobs, and of jobs whose parts throw what nobody expects. */
class LostWorkerTest {
    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher first = new SteppedDispatcher(engine.clock);
    private final SteppedDispatcher second = engine.dispatcher;

    @AfterEach
    void close() {
        engine.close();
    }

    /** What one process holds open at the host. */
    private final class ProcessImages implements ReplicaImages {
        final Set<String> open = new TreeSet<>();

        @Override
        public Capture capture(Attempt attempt) {
            open.add(attempt.toString());
            return engine.host.capture(attempt);
        }

        @Override
        public void release(Attempt attempt) {
            open.remove(attempt.toString());
            engine.host.release(attempt);
        }
    }

    @Test
    @DisplayName("B7 B3 a worker that was overtaken lets go of the images that its own process holds")
    void overtakenLetsGo() {
        ProcessImages images = new ProcessImages();
        AtomicBoolean slept = new AtomicBoolean();
        HookedProvider sleepy = new HookedProvider(engine.provider, key -> {
            if (slept.compareAndSet(false, true)) {
                engine.carryOn(second);
            }
        });
        ParixBackup sleeper = engine.builder(engine.catalog, sleepy, first, 99)
                .images(images)
                .build()
                .start();
        Backup asked = ask();

        first.runUntilQuiet();

        assertThat(slept).isTrue();
        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(images.open).isEmpty();
        sleeper.close();
    }

    @Test
    @DisplayName(
            "B7 B3 images of an attempt that goes on elsewhere are kept while it reads, and let go once it is over")
    void tidiesUp() {
        ProcessImages images = new ProcessImages();
        ParixBackup waiting = engine.builder(engine.catalog, engine.provider, first, 99)
                .images(images)
                .build()
                .start();
        engine.faults.add(fail("putIfAbsent", first(1))
                .with(refused(ErrorKind.UNAVAILABLE, "503"))
                .ending(".seg"));
        Backup asked = ask();
        first.runNext();
        first.loseAll();
        assertThat(find(asked).progress().phase()).isEqualTo("exporting");

        first.tick();
        assertThat(images.open).containsExactly(asked.id() + "-1");
        engine.carryOn(second);
        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(images.open).containsExactly(asked.id() + "-1");
        first.tick();

        assertThat(images.open).isEmpty();
        waiting.close();
    }

    static Stream<Throwable> thrownByStrangers() {
        return Stream.of(
                new NoClassDefFoundError("com/example/Gone"),
                new AssertionError("never"),
                new ServiceConfigurationError("com.example.Spi: no such provider"),
                new IOError(new IOException("a device is gone")),
                new IOException("not declared"));
    }

    @ParameterizedTest
    @MethodSource("thrownByStrangers")
    @DisplayName("I4 B3 an Error that the host or a provider throws fails the job by code, and leaves nothing")
    void error(Throwable stranger) {
        AtomicInteger thrown = new AtomicInteger();
        HookedProvider broken = new HookedProvider(engine.provider, key -> {
            thrown.incrementAndGet();
            throw ListenerTest.<RuntimeException>any(stranger);
        });
        ParixBackup worker = engine.engine(engine.catalog, broken, first, 99).start();
        Backup asked = ask();

        first.runUntilQuiet();

        assertThat(thrown).hasPositiveValue();
        assertThat(find(asked).failed().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(engine.archived()).isEmpty();
        assertThat(engine.host.captured()).isEmpty();
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        worker.close();
    }

    @Test
    @DisplayName("I4 F5 an Error that the host throws in a restore makes it go back")
    void errorInRestore() {
        Backup backup = engine.backup();
        ParixBackup worker = engine.builder(engine.catalog, engine.provider, first, 99)
                .build()
                .start();
        engine.faults.add(fail("confirm").with(thrown(() -> new StackOverflowError("deep"))));
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        second.loseAll();
        first.tick();

        first.runUntilQuiet();

        assertThat(engine.faults.log().struck().lines()).contains("confirm " + asked.id());
        Restore failed = engine.parix.restores().find(asked.id()).orElseThrow();
        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failed.progress().phase()).isEqualTo("undone");
        assertThat(engine.host.running(DATABASE)).isTrue();
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "B7 a catalog that is silent for a whole lease ends the worker's claim on its own clock, a shorter silence not")
    void silentCatalog(boolean wholeLease) {
        AtomicLong nanos = new AtomicLong();
        AtomicBoolean silent = new AtomicBoolean();
        AtomicInteger puts = new AtomicInteger();
        long lease = engine.settings.work().lease().toNanos();
        HookedProvider store = new HookedProvider(engine.provider, key -> {
            if (puts.incrementAndGet() == 1) {
                silent.set(true);
                engine.clock.advance(Duration.ofSeconds(2));
                nanos.addAndGet(wholeLease ? lease + 1 : lease);
            } else if (puts.get() == 2) {
                silent.set(false);
            }
        });
        ParixBackup worker = engine.builder(hushed(silent), store, first, 99)
                .clock(ProcessClock.of(engine.clock, nanos::get))
                .build()
                .start();
        Backup asked = ask();

        first.runNext();

        if (wholeLease) {
            assertThat(puts)
                    .as("nothing is put under a claim that may be another's")
                    .hasValue(1);
            assertThat(find(asked).status()).isEqualTo(JobStatus.RUNNING);
        } else {
            assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        }
        first.loseAll();
        engine.carryOn(second);
        assertThat(find(asked).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.unowned()).isEmpty();
        worker.close();
    }

    @Test
    @DisplayName("B7 F2 the check at a restore's start renews the lease while it looks at storage")
    void startCheckRenews() {
        Backup backup = engine.backup();
        Restore asked = ((RestoreAnswer.Accepted) engine.requestRestore(backup)).restore();
        second.loseAll();
        AtomicInteger looks = new AtomicInteger();
        HookedProvider slow = new HookedProvider(engine.provider, key -> {}).before("list", "get", "stat");
        slow.looking(() -> {
            looks.incrementAndGet();
            engine.clock.advance(engine.settings.work().lease().dividedBy(2));
            second.tick();
            assertThat(second.runNext())
                    .as("taken over at look %d", looks.get())
                    .isFalse();
        });
        ParixBackup worker = engine.engine(engine.catalog, slow, first, 99).start();
        first.tick();

        first.runUntilQuiet();

        assertThat(looks).hasValueGreaterThan(3);
        assertThat(engine.parix.restores().find(asked.id()).orElseThrow().status())
                .isEqualTo(JobStatus.COMPLETED);
        worker.close();
    }

    /** A way to the catalog on which nothing gets through while it is silent, but its clock. */
    private Catalog hushed(AtomicBoolean silent) {
        return engine.catalog(strikeAny()
                .with(Effect.fail(thrown(() -> new IllegalStateException("no answer"))))
                .when(
                        "but its clock",
                        call -> silent.get() && !call.method().getName().equals("now")));
    }

    private Backup ask() {
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        second.loseAll();
        first.tick();
        return asked;
    }

    private Backup find(Backup backup) {
        return engine.parix.backups().find(backup.id()).orElseThrow();
    }
}
