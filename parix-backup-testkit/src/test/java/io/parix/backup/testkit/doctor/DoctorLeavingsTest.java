package io.parix.backup.testkit.doctor;

import static io.parix.backup.doctor.Finding.Outcome.FAILED;
import static io.parix.backup.doctor.Finding.Outcome.NOT_APPLICABLE;
import static io.parix.backup.doctor.Finding.Outcome.PASSED;
import static io.parix.backup.doctor.Finding.Outcome.UNDETERMINED;
import static io.parix.backup.testkit.doctor.DoctorFixture.finding;
import static io.parix.backup.testkit.doctor.DoctorFixture.ids;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an examination leaves, and what becomes of it. */
@Timeout(60)
class DoctorLeavingsTest {
    private final DoctorFixture fixture = new DoctorFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName(
            "J3 without the permission to delete little is written, and all of it is named; the next one that may removes it after a day")
    void namesWhatItMayNotDelete() {
        fixture.forbid("ObjectStore.delete");
        Diagnosis found = fixture.examine();
        assertThat(ids(found, FAILED)).containsExactly("PLC-06", "PLC-10");
        assertThat(ids(found, UNDETERMINED))
                .containsExactly("SPI-46", "SPI-51", "SPI-60", "SPI-61", "SPI-62", "SPI-63");
        assertThat(found.leftovers()).extracting(each -> each.key().value()).containsExactlyElementsOf(fixture.left());
        assertThat(fixture.left())
                .isNotEmpty()
                .hasSizeLessThan(20)
                .allMatch(key -> key.startsWith("parix/parix-doctor/"));
        assertThat(found.leftovers())
                .allSatisfy(each -> assertThat(each.reason()).contains("ObjectStore.delete"));

        fixture.faults.clear();
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.examine().removed()).as("as old as a day").isEmpty();
        fixture.clock.advance(Duration.ofSeconds(1));
        Diagnosis later = fixture.examine();
        assertThat(later.removed())
                .containsExactlyElementsOf(
                        found.leftovers().stream().map(Leftover::key).toList());
        assertThat(finding(later, "PLC-09").found()).contains(found.examination());
        assertThat(later.healthy()).isTrue();
        assertThat(fixture.left()).isEmpty();
    }

    /** As a process ends that is killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** What is left of an examination that is killed at a listing, with so many objects there. */
    private List<String> killed(int there) {
        AtomicBoolean dead = new AtomicBoolean();
        Effect dies = Effect.of("dies", call -> {
            if (dead.get() || fixture.left().size() >= there) {
                dead.set(true);
                throw new Killed();
            }
            return call.proceed();
        });
        fixture.faults.add(strike("ObjectStore.list").with(dies));
        fixture.faults.add(strike("ObjectStore.delete").with(Effect.of("dies", call -> {
            if (dead.get()) {
                throw new Killed();
            }
            return call.proceed();
        })));
        assertThatThrownBy(() -> fixture.examine()).isInstanceOf(Killed.class);
        fixture.faults.clear();
        return fixture.left();
    }

    @Test
    @DisplayName(
            "J3 what an examination left that was killed is named as of the last day, then removed; what is not of examinations stays")
    void removesWhatWasInterrupted() {
        List<String> killed = killed(10);
        assertThat(killed).hasSizeBetween(10, 25);
        List<String> foreign = List.of(
                "parix/parix-doctor/objects/sample-of-somebody",
                "parix/parix-doctorate/objects/sample-d20201127t090310-0123456789abcdef",
                "parix/db-1/segments/d20201127t090310-0123456789abcdef");
        foreign.forEach(fixture::put);

        Diagnosis soon = fixture.examine();
        assertThat(soon.removed()).isEmpty();
        assertThat(finding(soon, "PLC-09").found())
                .contains(killed.size() + " objects of examinations of the last day");
        fixture.clock.advance(Duration.ofDays(2));
        Diagnosis later = fixture.examine();
        assertThat(later.removed()).extracting(ObjectKey::value).containsExactlyElementsOf(killed);
        assertThat(fixture.left()).containsExactlyInAnyOrderElementsOf(foreign);
    }

    @Test
    @DisplayName(
            "J3 a thousand objects of an examination that was killed are removed later, and cost the one that does no finding")
    void removesAThousand() {
        List<String> killed = killed(1_001);
        assertThat(killed).hasSizeBetween(1_010, 1_030);
        Diagnosis soon = fixture.examine();
        assertThat(soon.healthy()).as(String.valueOf(soon.findings())).isTrue();
        assertThat(soon.leftovers()).isEmpty();
        assertThat(fixture.left()).isEqualTo(killed);
        fixture.clock.advance(Duration.ofDays(2));
        Diagnosis later = fixture.examine();
        assertThat(later.healthy()).as(String.valueOf(later.findings())).isTrue();
        assertThat(later.removed()).extracting(ObjectKey::value).containsExactlyElementsOf(killed);
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    @DisplayName(
            "H10 J3 a place that locks what is written passes: little is written, and all that is left is named with its end; an unknown end fails")
    void worksOnALockingPlace() {
        Instant until = Instant.parse("2026-12-23T09:00:00Z");
        fixture.faults.add(strike("ObjectStore.delete").with(locking(until)));
        Diagnosis found = fixture.examine();
        assertThat(found.healthy()).as(String.valueOf(found.findings())).isTrue();
        assertThat(ids(found, NOT_APPLICABLE))
                .containsExactly(
                        "PLC-06", "PLC-08", "PLC-10", "SPI-60", "SPI-61", "SPI-62", "SPI-63", "VOL-05", "VOL-06",
                        "VOL-10", "VOL-12");
        assertThat(finding(found, "PLC-10").found()).contains("locked until " + until);
        assertThat(finding(found, "SPI-51").found())
                .contains("more than a page is was not tried", "locked until " + until);
        assertThat(found.leftovers())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(25)
                .allSatisfy(each -> assertThat(each.lockedUntil()).hasValue(until));
        assertThat(found.leftovers()).extracting(each -> each.key().value()).containsExactlyElementsOf(fixture.left());

        fixture.faults.clear();
        fixture.faults.add(strike("ObjectStore.delete").with(locking(null)));
        assertThat(ids(fixture.examine(), FAILED)).containsExactly("PLC-10");
    }

    /** What is there is locked, what is not is absent. */
    private Effect locking(@Nullable Instant until) {
        return Effect.of("is locked", call -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>();
            for (Object each : call.argument(List.class)) {
                ObjectKey key = (ObjectKey) each;
                boolean there = fixture.left().contains(key.value());
                outcomes.put(key, there ? new DeleteOutcome.Locked(until) : new DeleteOutcome.Absent());
            }
            return outcomes;
        });
    }

    @Test
    @DisplayName("J3 what cannot be told to be gone is named and undetermined, of this examination and of earlier ones")
    void tellsWhatItCannotTell() {
        killed(10);
        fixture.clock.advance(Duration.ofDays(2));
        AtomicBoolean down = new AtomicBoolean();
        fixture.faults.add(strike("ObjectStore.delete").with(Effect.of("breaks off", call -> {
            down.compareAndSet(false, call.argument(List.class).size() > 1);
            throw new ProviderException(ErrorKind.UNAVAILABLE, "no route to host");
        })));
        fixture.faults.add(strike("ObjectStore.stat").with(Effect.of("is gone", call -> {
            if (down.get()) {
                throw new ProviderException(ErrorKind.UNAVAILABLE, "no route to host");
            }
            return call.proceed();
        })));
        Diagnosis found = fixture.examine();
        assertThat(ids(found, FAILED)).isEmpty();
        for (String id : List.of("PLC-09", "PLC-10")) {
            assertThat(finding(found, id).outcome()).as(id).isEqualTo(UNDETERMINED);
            assertThat(finding(found, id).error().orElseThrow().providerKind()).hasValue(ErrorKind.UNAVAILABLE);
        }
        assertThat(found.removed()).isEmpty();
        assertThat(found.leftovers())
                .hasSizeGreaterThanOrEqualTo(fixture.left().size())
                .allSatisfy(each -> assertThat(each.reason()).contains("Whether it is there cannot be told"));
        assertThat(found.leftovers()).extracting(each -> each.key().value()).containsAll(fixture.left());
    }

    @Test
    @DisplayName("J3 an interrupt ends an examination once everything is removed, and is kept")
    void removesBeforeItEnds() {
        Thread examining = Thread.currentThread();
        fixture.faults.add(strike("putIfAbsent", nth(500)).with(Effect.before("interrupts", examining::interrupt)));
        Diagnosis found = fixture.examine();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ids(found, UNDETERMINED)).containsExactly("SPI-51", "SPI-62");
        assertThat(finding(found, "SPI-51").error().orElseThrow().providerKind())
                .hasValue(ErrorKind.CANCELLED);
        assertThat(finding(found, "PLC-10").outcome()).isEqualTo(PASSED);
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    @DisplayName("J3 two examinations at once pass both, and each removes its own")
    void goesOnBesideAnother() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        fixture.faults.add(strike("putIfAbsent", nth(1), nth(2)).with(Effect.before("waits for the other", () -> {
            both.countDown();
            try {
                assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<Diagnosis> one = pool.submit(() -> fixture.examine());
            Future<Diagnosis> other = pool.submit(() -> fixture.examine());
            for (Diagnosis each : List.of(one.get(), other.get())) {
                assertThat(each.healthy()).as(String.valueOf(each.findings())).isTrue();
                assertThat(each.leftovers()).isEmpty();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(fixture.left()).isEmpty();
    }
}
