package io.parix.backup.testkit.doctor;

import static io.parix.backup.doctor.Finding.Outcome.FAILED;
import static io.parix.backup.doctor.Finding.Outcome.PASSED;
import static io.parix.backup.doctor.Finding.Outcome.UNDETERMINED;
import static io.parix.backup.testkit.doctor.DoctorFixture.finding;
import static io.parix.backup.testkit.doctor.DoctorFixture.ids;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.throttled;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Finding;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.testkit.fault.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much an examination asks of a place, and what the page for those who operate it says of that. */
@Timeout(60)
class DoctorExtentTest {
    private static final Path PAGE = Path.of("..", "docs", "operations", "doctor.md");

    private final DoctorFixture fixture = new DoctorFixture();
    private final AtomicLong objects = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void count() {
        fixture.faults.add(strike("putIfAbsent").with(Effect.of("is counted", call -> {
            Object answer = call.proceed();
            objects.incrementAndGet();
            bytes.addAndGet(call.argument(ObjectContent.class).length());
            return answer;
        })));
    }

    private int calls() {
        return fixture.faults.calls("ObjectStore.putIfAbsent")
                + fixture.faults.calls("ObjectStore.get")
                + fixture.faults.calls("ObjectStore.stat")
                + fixture.faults.calls("ObjectStore.list")
                + fixture.faults.calls("ObjectStore.delete");
    }

    @Test
    @DisplayName("J5 an examination takes as few calls, objects and bytes as it says")
    void takesLittle() {
        count();
        assertThat(fixture.examine().healthy()).isTrue();
        assertThat(calls()).isBetween(1_090, 1_200);
        assertThat(objects).hasValueBetween(1_016, 1_030);
        assertThat(bytes).hasValueLessThan(64 << 10);
    }

    @Test
    @DisplayName("J5 where nothing may be deleted, it takes far fewer")
    void takesLessWhereItStays() {
        count();
        fixture.forbid("ObjectStore.delete");
        assertThat(fixture.examine().healthy()).isFalse();
        assertThat(calls()).isBetween(80, 160);
        assertThat(objects).hasValueBetween(15, 25);
    }

    @Test
    @DisplayName(
            "J3 more than a page of a listing is tried: 1,001 objects come on two pages, and a thousand are deleted at once")
    void triesMoreThanAPage() {
        Diagnosis found = fixture.examine();
        assertThat(finding(found, "SPI-51").found()).contains("all 1001 objects", "2 pages");
        assertThat(finding(found, "SPI-62").found()).contains("1000 were deleted at once", "1001 refused");
    }

    @Test
    @DisplayName("J3 of a thousand writes one may fail, or lose its answer; all of them may not")
    void triesAgain() {
        fixture.faults.add(fail("putIfAbsent", nth(500)).with(refused(ErrorKind.UNAVAILABLE, "down for a moment")));
        fixture.faults.add(strike("putIfAbsent", nth(600)).with(Effect.lostAnswer()));
        Diagnosis found = fixture.examine();
        assertThat(found.healthy()).as(String.valueOf(found.findings())).isTrue();

        fixture.faults.clear();
        fixture.faults.add(fail("putIfAbsent", nth(500)).with(throttled(Duration.ofSeconds(1))));
        Diagnosis slowed = fixture.examine();
        assertThat(ids(slowed, FAILED)).isEmpty();
        assertThat(ids(slowed, UNDETERMINED)).containsExactly("SPI-51", "SPI-62");
        assertThat(finding(slowed, "SPI-51").error().orElseThrow().providerKind())
                .hasValue(ErrorKind.THROTTLED);
        assertThat(ids(slowed, PASSED)).contains("PLC-10");
        assertThat(fixture.left()).isEmpty();
    }

    @Test
    @DisplayName(
            "J3 the page about the doctor has each finding by name and id, in the order of the report, and the extent")
    void isWrittenDown() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .map(cells -> cells[1].strip() + " " + cells[2].strip())
                .filter(row -> row.matches("`[a-z-]+` ([A-Z]{3}-\\d\\d|[A-K]\\d+)"))
                .toList();
        List<Finding> findings = fixture.examine().findings();
        assertThat(rows)
                .containsExactlyElementsOf(findings.stream()
                        .map(each -> "`" + each.name() + "` " + each.requirement())
                        .toList());
        assertThat(Files.readString(PAGE))
                .contains("at most 1,030 objects and 64 KiB, in at most 1,200 calls", "25 objects in 160 calls");
    }
}
