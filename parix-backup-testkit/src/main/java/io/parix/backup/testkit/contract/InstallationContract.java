package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.asked;
import static io.parix.backup.testkit.contract.CatalogSamples.created;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a catalog is: its installation and its clock. */
public interface InstallationContract extends CatalogFixture {
    @Test
    @DisplayName(
            "CAT-01 the installation is 32 hexadecimal digits, the same for every process, another for every catalog")
    default void namesItsInstallation() throws Exception {
        Catalog catalog = emptyCatalog();
        String installation = catalog.installation();
        assertThat(installation).matches("[0-9a-f]{32}");
        assertThat(catalog.installation()).isEqualTo(installation);
        assertThat(again(catalog).installation()).isEqualTo(installation);
        elapse(catalog, Duration.ofDays(1));
        assertThat(emptyCatalog().installation()).isNotEqualTo(installation);
    }

    @Test
    @DisplayName("CAT-02 the clock has microseconds and goes on, alike for every process")
    default void tellsTheTime() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant before = catalog.now();
        assertThat(before).isEqualTo(before.truncatedTo(ChronoUnit.MICROS));
        elapse(catalog, Duration.ofHours(5));
        Instant after = again(catalog).now();
        assertThat(after).isAfterOrEqualTo(before.plus(Duration.ofHours(5)));
        assertThat(catalog.now()).isAfterOrEqualTo(after);
    }

    @Test
    @DisplayName("CAT-02 an instant is kept to the microsecond, the rest is cut off")
    default void keepsMicroseconds() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant kept = Instant.parse("2026-03-29T01:30:00.123456Z");
        JobRecord given = row("b1", JobKind.BACKUP, DB, kept.plusNanos(999));
        assertThat(created(catalog.insert(asked(given, null))).requestedAt()).isEqualTo(kept);
        assertThat(catalog.find("b1")).hasValueSatisfying(found -> {
            assertThat(found.requestedAt()).isEqualTo(kept);
            assertThat(found.due()).contains(kept);
        });
    }
}
