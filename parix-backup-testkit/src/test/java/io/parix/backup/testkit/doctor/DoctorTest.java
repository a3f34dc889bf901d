package io.parix.backup.testkit.doctor;

import static io.parix.backup.doctor.Finding.Outcome.FAILED;
import static io.parix.backup.doctor.Finding.Outcome.NOT_APPLICABLE;
import static io.parix.backup.doctor.Finding.Outcome.PASSED;
import static io.parix.backup.doctor.Finding.Outcome.UNDETERMINED;
import static io.parix.backup.testkit.doctor.DoctorFixture.WITHIN;
import static io.parix.backup.testkit.doctor.DoctorFixture.finding;
import static io.parix.backup.testkit.doctor.DoctorFixture.ids;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.thrown;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.mark.Mark;
import io.parix.backup.archive.mark.Marks;
import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Doctor;
import io.parix.backup.doctor.Finding;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoctorTest {
    private final DoctorFixture fixture = new DoctorFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName(
            "J3 a right place passes every requirement that concerns it, before start and while running, and nothing is left")
    void passesARightPlace() {
        Diagnosis before = fixture.examine();
        fixture.parix.start();
        Diagnosis running = fixture.examine();
        assertThat(List.of(before, running)).allSatisfy(each -> {
            assertThat(each.healthy()).as(String.valueOf(each.findings())).isTrue();
            assertThat(ids(each, NOT_APPLICABLE)).containsExactly("PLC-08", "VOL-05", "VOL-06", "VOL-10", "VOL-12");
            assertThat(each.leftovers()).isEmpty();
            assertThat(each.removed()).isEmpty();
            assertThat(each.at()).isEqualTo(fixture.clock.instant());
            assertThat(each.report().passed()).isTrue();
            assertThat(each.report().checks()).hasSize(each.findings().size() - 5);
        });
        assertThat(running.examination()).isNotEqualTo(before.examination());
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    @DisplayName("J3 each requirement has one finding, with an id and a name that no other one has")
    void namesEachRequirementOnce() {
        List<Finding> findings = fixture.examine().findings();
        assertThat(findings).extracting(Finding::requirement).doesNotHaveDuplicates();
        assertThat(findings).extracting(Finding::name).doesNotHaveDuplicates();
        assertThat(findings)
                .allSatisfy(each -> assertThat(each.sentence())
                        .startsWith("Requirement " + each.requirement())
                        .endsWith("."));
    }

    @Test
    @DisplayName("J3 a missing permission is found and named, each by its own requirement, and no other one fails")
    void tellsPermissionsApart() {
        Map<String, String> requirements = Map.of(
                "putIfAbsent", "PLC-02",
                "get", "PLC-03",
                "stat", "PLC-04",
                "list", "PLC-05");
        requirements.forEach((verb, id) -> {
            fixture.faults.clear();
            fixture.forbid("ObjectStore." + verb);
            Diagnosis found = fixture.examine();
            assertThat(ids(found, FAILED)).as(verb).containsExactly(id);
            Finding denied = finding(found, id);
            assertThat(denied.error()).hasValue(new Finding.Trouble(ErrorCode.PROVIDER_FAILED, ErrorKind.DENIED));
            assertThat(denied.found()).contains("It needs the permission to ObjectStore." + verb);
            assertThat(denied.advice()).isNotEmpty();
            assertThat(found.healthy()).isFalse();
            assertThat(fixture.left()).as("left without " + verb).isEmpty();
        });
    }

    @Test
    @DisplayName("J3 a clock that is an hour off is found in either direction, one that is a moment off is not")
    void findsAWrongClock() {
        for (Duration wrong :
                List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofSeconds(60), Duration.ofSeconds(-60))) {
            fixture.placeClock.by(wrong);
            Diagnosis found = fixture.examine();
            assertThat(ids(found, FAILED)).as(String.valueOf(wrong)).containsExactly("PLC-07");
            assertThat(finding(found, "PLC-07").found())
                    .contains(wrong.abs().toString(), wrong.isNegative() ? "behind" : "ahead");
        }
        for (Duration right : List.of(Duration.ofSeconds(59), Duration.ofSeconds(-59))) {
            fixture.placeClock.by(right);
            assertThat(fixture.examine().healthy()).as(String.valueOf(right)).isTrue();
        }
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    @DisplayName("J5 what is not reached in time could not be determined, and what was written is removed all the same")
    void keepsItsTime() {
        fixture.faults.add(strike("ObjectStore.list", nth(3)).with(Effect.delayAnswer(Duration.ofMinutes(6))));
        Diagnosis found = fixture.examine();
        assertThat(ids(found, FAILED)).isEmpty();
        assertThat(ids(found, PASSED)).contains("PLC-01", "PLC-02", "PLC-10");
        Finding late = finding(found, "SPI-53");
        assertThat(late.outcome()).isEqualTo(UNDETERMINED);
        assertThat(late.error()).hasValue(new Finding.Trouble(ErrorCode.DEADLINE_PASSED, null));
        assertThat(found.leftovers()).isEmpty();
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    @DisplayName("J3 an error of the place at any one call leaves the rest determined, and nothing behind")
    void goesOnAfterAnError() {
        for (String verb : List.of("putIfAbsent", "get", "stat", "list", "delete")) {
            for (int turn : List.of(2, 4)) {
                fixture.faults.clear();
                fixture.faults.add(fail("ObjectStore." + verb, nth(turn))
                        .with(refused(ErrorKind.UNAVAILABLE, "down for a moment")));
                Diagnosis found = fixture.examine();
                assertThat(ids(found, FAILED)).as(verb + turn).isEmpty();
                assertThat(ids(found, UNDETERMINED))
                        .as(verb + turn)
                        .isNotEmpty()
                        .hasSizeLessThan(8);
                assertThat(found.with(UNDETERMINED))
                        .allSatisfy(
                                each -> assertThat(each.error().orElseThrow().providerKind())
                                        .hasValue(ErrorKind.UNAVAILABLE));
                assertThat(fixture.left()).as(verb + turn).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("J3 a place that cannot be opened is a report as well, in which everything is undetermined")
    void reportsWhatDoesNotOpen() {
        fixture.faults.add(fail("BackupProvider.open").with(refused(ErrorKind.UNAVAILABLE, "no route to host")));
        Diagnosis found = fixture.examine();
        assertThat(ids(found, UNDETERMINED)).hasSameSizeAs(found.findings());
        fixture.faults.clear();
        assertThat(found.findings())
                .extracting(Finding::requirement)
                .containsExactlyElementsOf(fixture.examine().findings().stream()
                        .map(Finding::requirement)
                        .toList());
        assertThat(found.report().passed()).isFalse();
        assertThat(found.report().checks()).extracting(Check::outcome).containsOnly(Check.Outcome.FAIL);
        fixture.faults.add(fail("BackupProvider.open").with(refused(ErrorKind.DENIED, "no such key")));
        assertThat(ids(fixture.examine(), FAILED)).containsExactly("PLC-01");
    }

    @Test
    @DisplayName("J3 an exception that no provider may raise fails the requirement that met it, and the rest goes on")
    void survivesAStrayException() {
        fixture.faults.add(fail("get", nth(1)).with(thrown(() -> new IllegalArgumentException("a secret"))));
        Diagnosis found = fixture.examine();
        assertThat(ids(found, FAILED)).containsExactly("PLC-03");
        assertThat(finding(found, "PLC-03").found())
                .contains("java.lang.IllegalArgumentException")
                .doesNotContain("secret");
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    @DisplayName("J4 a place to which another installation writes is told by J4, and nothing of it is touched")
    void tellsWhoWritesThere() {
        Marks marks = new Marks(fixture.store(), new KeyPrefix("parix"), DoctorFixture.call());
        marks.create(new Mark(fixture.catalog.installation(), 1, fixture.clock.instant()));
        assertThat(finding(fixture.examine(), "J4").outcome()).isEqualTo(PASSED);
        marks.create(new Mark("ee".repeat(16), 2, fixture.clock.instant()));
        Diagnosis found = fixture.examine();
        assertThat(ids(found, FAILED)).containsExactly("J4");
        assertThat(finding(found, "J4").found()).contains("ee".repeat(16));
        assertThat(fixture.left())
                .containsExactly("parix/parix-installation-1.json", "parix/parix-installation-2.json");
    }

    @Test
    @DisplayName("J3 where snapshots are claimed they are looked at, and no snapshot is asked for or deleted")
    void looksAtVolumes() {
        fixture.places.volumes("bucket");
        Diagnosis found = fixture.examine();
        assertThat(found.healthy()).isTrue();
        assertThat(ids(found, PASSED)).contains("VOL-05", "VOL-06", "VOL-12");
        assertThat(finding(found, "VOL-10").outcome()).isEqualTo(NOT_APPLICABLE);
        assertThat(fixture.faults.calls("VolumeSnapshots.request")).isZero();
        assertThat(fixture.faults.calls("VolumeSnapshots.delete")).isZero();
        assertThat(fixture.faults.calls("VolumeSnapshots.materialize")).isZero();
        assertThat(fixture.faults.calls("VolumeSnapshots.deleteVolume")).isZero();
        fixture.faults.add(fail("VolumeSnapshots.list").with(refused(ErrorKind.DENIED, "not yours")));
        Finding denied = finding(fixture.examine(), "VOL-06");
        assertThat(denied.outcome()).isEqualTo(UNDETERMINED);
        assertThat(denied.error().orElseThrow().providerKind()).hasValue(ErrorKind.DENIED);
    }

    @Test
    @DisplayName("J3 I4 what cannot be examined is refused by code: provider, settings, time, a closed engine")
    void refusesBadRequests() {
        StorageLocation nowhere = new StorageLocation("nowhere", Map.of(), KeyPrefix.ROOT);
        assertThatThrownBy(() -> fixture.parix.doctor().examine(nowhere, WITHIN))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_PROVIDER));
        StorageLocation unset = new StorageLocation("memory", Map.of(), KeyPrefix.ROOT);
        assertThatThrownBy(() -> fixture.parix.doctor().examine(unset, WITHIN))
                .isInstanceOf(ConfigurationException.class);
        for (Duration wrong :
                List.of(Duration.ofMillis(999), Duration.ofHours(1).plusMillis(1))) {
            assertThatThrownBy(() -> fixture.parix.doctor().examine(fixture.location(), wrong))
                    .isInstanceOf(InvalidRequestException.class);
        }
        assertThat(fixture.parix
                        .doctor()
                        .examine(fixture.location(), Duration.ofHours(1))
                        .healthy())
                .isTrue();
        Doctor doctor = fixture.parix.doctor();
        fixture.parix.close();
        assertThatThrownBy(() -> doctor.examine(fixture.location(), WITHIN))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_RUNNING));
        assertThatThrownBy(fixture.parix::doctor).isInstanceOf(FailedException.class);
    }

    @Test
    @DisplayName(
            "I3 closing the engine ends an examination, once it has removed what it wrote; no thread and no session is left")
    void endsWithTheEngine() throws Exception {
        Doctor doctor = fixture.parix.doctor();
        CountDownLatch reached = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        fixture.faults.add(strike("ObjectStore.list", nth(5)).with(Effect.before("is held up", () -> {
            reached.countDown();
            goOn.join();
        })));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<Diagnosis> examined = pool.submit(() -> fixture.examine());
            reached.await();
            Future<?> closed = pool.submit(fixture.parix::close);
            while (!isClosed(doctor)) {
                Thread.onSpinWait();
            }
            assertThat(closed.isDone()).isFalse();
            goOn.complete(null);
            closed.get();
            assertThat(ids(examined.get(), UNDETERMINED)).contains("SPI-53");
            assertThat(examined.get().leftovers()).isEmpty();
        } finally {
            pool.shutdownNow();
        }
        assertThat(fixture.left()).isEmpty();
        assertThat(fixture.faults.calls("ProviderSession.close"))
                .isEqualTo(fixture.faults.calls("BackupProvider.open"));
        Set<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toSet());
        assertThat(threads).doesNotContain("parix-doctor");
    }

    /** A closed doctor looks at nothing, not even at whether there is such a provider. */
    private static boolean isClosed(Doctor doctor) {
        try {
            return doctor.examine(new StorageLocation("nowhere", Map.of(), KeyPrefix.ROOT), WITHIN) == null;
        } catch (FailedException e) {
            return e.code() == ErrorCode.NOT_RUNNING;
        }
    }

    @Test
    @DisplayName("J3 a full place is told, not taken for a wrong one")
    void tellsAFullPlace() {
        fixture.store().limitTo(new ByteSize(100));
        Diagnosis found = fixture.examine();
        assertThat(ids(found, FAILED)).isEmpty();
        assertThat(finding(found, "PLC-02").error().orElseThrow().providerKind())
                .hasValue(ErrorKind.QUOTA);
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    @DisplayName("J3 the folder of examinations is no database's, so a rebuild does not take it for one")
    void isNoDatabase() {
        assertThatThrownBy(() -> new DatabaseId("parix-doctor")).isInstanceOf(InvalidRequestException.class);
        assertThat(new DatabaseId("parix-doctors").value()).isEqualTo("parix-doctors");
        fixture.put("parix/parix-doctor/objects/sample-d20201127t090310-0123456789abcdef");
        Map<DatabaseId, Integer> heard = new HashMap<>();
        try (ParixBackup parix = fixture.engine(fixture.places, 9).start()) {
            parix.rebuild().all(fixture.location(), report -> heard.merge(report.database(), 1, Integer::sum));
        }
        assertThat(heard).isEmpty();
    }
}
