package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How much is asked for at once. */
public interface ListLimitContract extends CatalogFixture {
    @Test
    @DisplayName("CAT-73 lists of 1 to 1,000 are given, and any other limit is refused")
    default void refusesOtherLimits() throws Exception {
        Catalog catalog = emptyCatalog();
        insert(catalog, "b1", DB);
        for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> catalog.dueSchedules(limit)).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> catalog.undelivered(limit)).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> catalog.databases(null, limit)).isInstanceOf(InvalidRequestException.class);
        }
        for (int limit : new int[] {1, 1_000}) {
            assertThat(catalog.dueSchedules(limit)).isEmpty();
            assertThat(catalog.undelivered(limit)).hasSize(1);
            assertThat(catalog.databases(null, limit)).containsExactly(DB);
        }
    }

    @Test
    @DisplayName("CAT-73 a thousand backups are taken up at once, and of one more none is")
    default void refusesTooMany() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        var jobs = IntStream.rangeClosed(0, 1_000)
                .mapToObj(i ->
                        new AdoptedJob(ended(row("b" + i, JobKind.BACKUP, DB, now), JobStatus.COMPLETED), Map.of()))
                .toList();
        assertThatThrownBy(() -> catalog.adopt(jobs)).isInstanceOf(InvalidRequestException.class);
        assertThat(catalog.databases(null, 1)).isEmpty();
        assertThat(catalog.adopt(jobs.subList(0, 1_000))).hasSize(1_000);
    }
}
