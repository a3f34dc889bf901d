package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.throttled;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupEvent;
import io.parix.backup.BackupRequest;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.dispatch.ThreadDispatcher;
import io.parix.backup.host.Capture;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.testkit.fault.Damage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifeCycleTest {
    private final EngineFixture engine = new EngineFixture();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("I3 an engine that is not running refuses by code: before start, after close, started twice")
    void notRunning() {
        ParixBackup other = engine.engine(engine.catalog, engine.provider, new SteppedDispatcher(engine.clock), 8);
        assertNotRunning(other::backups);
        assertNotRunning(other::restores);
        other.start();
        assertThat(other.backups()).isNotNull();
        assertNotRunning(other::start);
        other.close();
        other.close();
        assertNotRunning(other::backups);
        assertNotRunning(other::start);
    }

    @Test
    @DisplayName("I3 no session before its first use, each closed with the engine")
    void sessions() {
        HookedProvider counted = new HookedProvider(engine.provider, key -> {});
        SteppedDispatcher own = new SteppedDispatcher(engine.clock);
        ParixBackup other = engine.engine(engine.catalog, counted, own, 8).start();
        assertThat(counted.opened()).isZero();
        other.backups().request(BackupRequest.of(DATABASE, ACTOR));
        own.runUntilQuiet();
        assertThat(counted.opened()).isEqualTo(1);
        assertThat(counted.closed()).isZero();
        other.close();
        assertThat(counted.closed()).isEqualTo(1);
    }

    @Test
    @DisplayName("I3 several engines with threads of their own live in one process, print nothing and leave no thread")
    void threads() throws InterruptedException {
        Set<Thread> before = ours();
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (EngineFixture first = new EngineFixture();
                EngineFixture second = new EngineFixture()) {
            for (EngineFixture each : List.of(first, second)) {
                ParixBackup threaded = each.engine(
                        each.catalog, each.provider, new ThreadDispatcher(2, Duration.ofMillis(10), each.clock), 8);
                assertThat(ours()).isEqualTo(before);
                CountDownLatch done = new CountDownLatch(1);
                each.heard = event -> {
                    if (event.kind() == BackupEvent.Kind.BACKUP_COMPLETED) {
                        done.countDown();
                    }
                };
                threaded.start().backups().request(BackupRequest.of(DATABASE, ACTOR));
                done.await();
                threaded.close();
                assertThat(ours()).isEqualTo(before);
            }
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    @DisplayName("A3 of eight callers that race one gets a job, seven a refusal that names it")
    void race() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        CyclicBarrier together = new CyclicBarrier(8);
        Callable<BackupAnswer> caller = () -> {
            together.await();
            return engine.request();
        };
        List<BackupAnswer> answers = new ArrayList<>();
        for (Future<BackupAnswer> answer : pool.invokeAll(java.util.Collections.nCopies(8, caller))) {
            answers.add(answer.get());
        }
        pool.shutdown();

        assertThat(answers).filteredOn(BackupAnswer.Accepted.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(BackupAnswer.Refused.class::isInstance)
                .hasSize(7)
                .allSatisfy(answer -> assertThat(
                                ((BackupAnswer.Refused) answer).report().failures())
                        .extracting(Check::code)
                        .containsExactly("workflow-active"));
        assertThat(engine.parix.backups().history(DATABASE, 10)).hasSize(1);
    }

    @Test
    @DisplayName("A6 images that never come fail the job at its deadline, not before")
    void imagesNeverCome() {
        engine.faults.add(answer("capture", first(30))
                .with(new Capture.Pending("snapshot of replica 2 is pending", Duration.ofHours(1))));
        BackupAnswer.Accepted asked = (BackupAnswer.Accepted) engine.request();

        engine.dispatcher.runUntilQuiet();

        var failed = engine.parix.backups().find(asked.backup().id()).orElseThrow();
        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failed.failed().orElseThrow().message()).contains("snapshot of replica 2 is pending");
        assertThat(failed.failed().orElseThrow().at())
                .isAfterOrEqualTo(failed.requestedAt().plus(Duration.ofHours(24)));
        assertThat(engine.unowned()).isEmpty();
    }

    @Test
    @DisplayName("A6 a store that asks for more patience than there is time does not keep the job past its deadline")
    void patienceEndsAtTheDeadline() {
        engine.faults.add(fail("putIfAbsent").with(throttled(Duration.ofDays(400))));

        var failed = engine.backup();

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failed.failed().orElseThrow().at())
                .isBefore(failed.requestedAt().plus(Duration.ofHours(25)));
    }

    @Test
    @DisplayName("B3 what a killed attempt left is swept with a denied one")
    void sweptAfterFailure() {
        engine.faults.add(
                fail("putIfAbsent").with(refused(ErrorKind.DENIED, "no")).ending(".idx"));

        assertThat(engine.backup().status()).isEqualTo(JobStatus.FAILED);
        assertThat(engine.unowned()).isEmpty();
        assertThat(engine.archived()).isEmpty();
    }

    @Test
    @DisplayName("C12 damage that a verification finds flags every backup that shares the object")
    void verificationFlagsSharers() {
        var first = engine.backup();
        var second = engine.backup();
        engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .forEach(key -> engine.store().damage(key, Damage.flip(100)));

        engine.parix.backups().verify(second.id(), VerificationLevel.READ_BACK, ACTOR);

        assertThat(passed(first.id())).isFalse();
        assertThat(passed(second.id())).isFalse();
    }

    @Test
    @DisplayName("C10 a weaker look that passes clears no damage and lowers no level; one as strong does")
    void weakerLook() {
        var backup = engine.backup();
        var segment = engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .findFirst()
                .orElseThrow();
        engine.store().damage(segment, Damage.flip(100));
        assertThat(verify(backup.id(), VerificationLevel.READ_BACK)).isFalse();

        assertThat(verify(backup.id(), VerificationLevel.WRITTEN)).isTrue();

        assertThat(passed(backup.id())).isFalse();
        engine.store().damage(segment, Damage.flip(100));
        assertThat(verify(backup.id(), VerificationLevel.READ_BACK)).isTrue();
        assertThat(passed(backup.id())).isTrue();
    }

    private boolean verify(io.parix.backup.BackupId backup, VerificationLevel level) {
        return engine.parix.backups().verify(backup, level, ACTOR).passed();
    }

    private boolean passed(io.parix.backup.BackupId backup) {
        return engine.parix
                .backups()
                .find(backup)
                .orElseThrow()
                .completed()
                .orElseThrow()
                .verification()
                .passed();
    }

    private static void assertNotRunning(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RUNNING));
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("parix-"))
                .collect(Collectors.toSet());
    }
}
