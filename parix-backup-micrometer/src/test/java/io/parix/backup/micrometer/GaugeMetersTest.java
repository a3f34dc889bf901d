package io.parix.backup.micrometer;

import static io.parix.backup.micrometer.Installation.ACTOR;
import static io.parix.backup.micrometer.Installation.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parix.backup.Cadence;
import io.parix.backup.GaugeReading;
import io.parix.backup.micrometer.Installation.Node;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Catalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GaugeMetersTest {
    private final Installation installation = new Installation();

    private static Map<String, Double> values(MeterRegistry meters) {
        Map<String, Double> values = new TreeMap<>();
        for (Meter meter : meters.getMeters()) {
            if (meter instanceof Gauge gauge) {
                values.put(meter.getId().getName() + meter.getId().getTags(), gauge.value());
            }
        }
        return values;
    }

    @Test
    @DisplayName("J1 each gauge shows its part of what the catalog counts")
    void values() {
        try (Node node = installation.start()) {
            node.parix.schedules().set(DATABASE, Cadence.daily("03:00", "UTC"), ACTOR);
            node.ask();
            assertThat(node.gauge("parix.backup.jobs", "kind", "backup", "status", "queued"))
                    .isEqualTo(1);
            assertThat(node.gauge("parix.backup.jobs", "kind", "backup", "status", "running"))
                    .isZero();
            assertThat(node.gauge("parix.backup.jobs", "kind", "restore", "status", "queued"))
                    .isZero();
            assertThat(node.gauge("parix.backup.jobs.queued.longest", "kind", "backup"))
                    .isEqualTo(60);
            assertThat(node.gauge("parix.backup.jobs.due", "kind", "backup")).isEqualTo(1);
            assertThat(node.gauge("parix.backup.jobs.due.longest", "kind", "backup"))
                    .isEqualTo(90);
            assertThat(node.gauge("parix.backup.databases.scheduled")).isEqualTo(1);
            assertThat(node.gauge("parix.backup.databases.never")).isEqualTo(1);
            assertThat(node.gauge("parix.backup.stored")).isZero();

            node.work();
            installation.clock.advance(Duration.ofHours(31));
            GaugeReading counted = installation.catalog.gauges(Duration.ofHours(30));
            assertThat(node.gauge("parix.backup.databases.never")).isZero();
            assertThat(node.gauge("parix.backup.databases.late")).isEqualTo(1);
            assertThat(node.gauge("parix.backup.databases.longest")).isGreaterThan(31 * 3_600);
            assertThat(node.gauge("parix.backup.runs.overdue.longest")).isGreaterThan(12 * 3_600);
            assertThat(node.gauge("parix.backup.stored")).isPositive().isEqualTo((double)
                    counted.stored().bytes());
            assertThat(node.gauge("parix.backup.jobs.due", "kind", "clean-up"))
                    .isEqualTo((double) counted.cleanUps().jobs());
            assertThat(node.gauge(GaugeMeters.ANSWERS)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("J1 a process that has just started shows what the one before it did, and what the catalog counts")
    void afterARestart() {
        Map<String, Double> before;
        try (Node node = installation.start()) {
            node.parix.schedules().set(DATABASE, Cadence.daily("03:00", "UTC"), ACTOR);
            node.ask();
            node.work();
            node.ask();
            installation.clock.advance(Duration.ofHours(40));
            before = values(node.meters);
        }
        try (Node again = installation.start()) {
            assertThat(values(again.meters)).isEqualTo(before);
            GaugeReading counted = installation.catalog.gauges(Duration.ofHours(30));
            assertThat(before)
                    .containsEntry("parix.backup.databases.late[]", 1.0)
                    .containsEntry(
                            "parix.backup.stored[]", (double) counted.stored().bytes())
                    .containsEntry("parix.backup.databases.longest[]", (double)
                            counted.fleet().longestWithoutBackup().toSeconds());
        }
    }

    @Test
    @DisplayName("J1 a catalog that does not answer shows as such, and every other gauge as unknown, never as zero")
    void unknown() {
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger asked = new AtomicInteger();
        try (Node node = installation.start(through(away, asked))) {
            Map<String, Double> values = values(node.meters);
            assertThat(values.remove(GaugeMeters.ANSWERS + "[]")).isZero();
            assertThat(values.values())
                    .isNotEmpty()
                    .allSatisfy(value -> assertThat(value).isNaN());
            assertThat(asked).hasValue(1);

            away.set(false);
            installation.clock.advance(Installation.REUSE);
            values = values(node.meters);
            assertThat(values.get(GaugeMeters.ANSWERS + "[]")).isEqualTo(1);
            assertThat(values.values()).allSatisfy(value -> assertThat(value).isNotNaN());
            assertThat(asked).hasValue(2);
        }
    }

    private Catalog through(AtomicBoolean away, AtomicInteger asked) {
        return (Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, args) -> {
                    if (method.getName().equals("gauges")) {
                        asked.incrementAndGet();
                        if (away.get()) {
                            throw new ProviderException(ErrorKind.UNAVAILABLE, "Cannot read: the server is away");
                        }
                    }
                    try {
                        return method.invoke(installation.catalog, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    @DisplayName("J1 no meter grows with the databases: the tags are kind, status, reason and outcome")
    void cardinality() {
        try (Node node = installation.start()) {
            node.ask();
            node.work();
            assertThat(node.meters.getMeters())
                    .hasSizeLessThan(100)
                    .allSatisfy(meter -> assertThat(meter.getId().getTags())
                            .allSatisfy(tag -> assertThat(List.of("kind", "status", "reason", "outcome"))
                                    .contains(tag.getKey())))
                    .noneMatch(meter -> meter.getId().getTags().toString().contains(DATABASE.value()));
        }
    }
}
