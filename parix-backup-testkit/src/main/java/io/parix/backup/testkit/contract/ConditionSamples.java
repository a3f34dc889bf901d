package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.LEASE;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.cleanUp;
import static io.parix.backup.testkit.contract.CatalogSamples.conflict;
import static io.parix.backup.testkit.contract.CatalogSamples.created;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.event;
import static io.parix.backup.testkit.contract.CatalogSamples.fence;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.spi.catalog.WriteCondition;
import io.parix.backup.spi.catalog.WriteCondition.ClaimStands;
import io.parix.backup.spi.catalog.WriteCondition.JobStands;
import io.parix.backup.spi.catalog.WriteCondition.SettingStands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the tests of conditional writes are written with. */
final class ConditionSamples {
    /** Near enough to the end of a lease, and far enough for a clock that runs by itself. */
    static final Duration JUST_INSIDE = LEASE.minusMinutes(1);

    private ConditionSamples() {}

    /** A clean-up at work. */
    static JobRecord held(Catalog catalog) {
        return held(catalog, "c1", DB);
    }

    private static JobRecord held(Catalog catalog, String id, DatabaseId database) {
        return claim(catalog, created(catalog.insert(cleanUp(catalog, id, database, null))));
    }

    /** A backup that is about to be written. */
    static JobRecord backup(Catalog catalog) {
        return claim(catalog, insert(catalog, "b1", DB));
    }

    static SettingRecord set(Catalog catalog, String name, long version) {
        return catalog.write(new SettingRecord(name, version, "at " + version)).orElseThrow();
    }

    /** A write that ends the job, with an event and a segment. */
    static JobWrite ending(JobRecord row, WriteCondition... conditions) {
        return new JobWrite(
                        ended(row, JobStatus.COMPLETED),
                        List.of(event(row, "ended")),
                        Map.of("segments/" + row.id(), 7L))
                .provided(Set.of(conditions));
    }

    /** A write that lets the job go on at once. */
    static JobRecord goesOn(Catalog catalog, JobRecord row, WriteCondition... conditions) {
        JobRecord written = catalog.write(JobWrite.of(running(catalog, row)).provided(Set.of(conditions)));
        assertThat(catalog.find(row.id())).contains(written);
        assertThat(written.version()).isEqualTo(row.version() + 1);
        return written;
    }

    static void requireRefused(Catalog catalog, JobRecord row, WriteCondition broken) {
        CatalogConflictException refused = conflict(() -> catalog.write(ending(row, broken)));
        assertThat(refused.broken()).contains(broken);
        assertThat(refused).hasMessageContaining(broken.words());
        requireUnchanged(catalog, row);
    }

    static void requireUnchanged(Catalog catalog, JobRecord row) {
        assertThat(catalog.find(row.id())).contains(row);
        assertThat(catalog.undelivered(10))
                .extracting(BackupEvent::id)
                .containsOnlyOnce(row.id() + "-requested")
                .doesNotContain(row.id() + "-ended");
        assertThat(catalog.needing(DB, "segments/" + row.id())).isEmpty();
        assertThat(catalog.occupant(DB)).isPresent();
    }

    static boolean isWritten(Catalog catalog, JobWrite write) {
        try {
            catalog.write(write);
            return true;
        } catch (CatalogConflictException e) {
            return false;
        }
    }

    /** What changes a row that a write rests on. */
    enum Change {
        LETS_GO {
            @Override
            WriteCondition before(Catalog catalog, DatabaseId database) {
                return new ClaimStands("c-" + database, fence(held(catalog, "c-" + database, database)));
            }

            @Override
            void make(Catalog catalog, DatabaseId database) {
                letGo(catalog, "c-" + database);
            }
        },
        MOVES_ON {
            @Override
            WriteCondition before(Catalog catalog, DatabaseId database) {
                return new JobStands(
                        "c-" + database,
                        held(catalog, "c-" + database, database).version());
            }

            @Override
            void make(Catalog catalog, DatabaseId database) {
                letGo(catalog, "c-" + database);
            }
        },
        CHANGES_A_SETTING {
            @Override
            WriteCondition before(Catalog catalog, DatabaseId database) {
                return new SettingStands(
                        "s-" + database, set(catalog, "s-" + database, 0).version());
            }

            @Override
            void make(Catalog catalog, DatabaseId database) {
                set(catalog, "s-" + database, 1);
            }
        },
        MAKES_A_SETTING {
            @Override
            WriteCondition before(Catalog catalog, DatabaseId database) {
                return new SettingStands("s-" + database, 0);
            }

            @Override
            void make(Catalog catalog, DatabaseId database) {
                set(catalog, "s-" + database, 0);
            }
        };

        /** Makes the row, and says that it is so. */
        abstract WriteCondition before(Catalog catalog, DatabaseId database);

        /** Changes the row. */
        abstract void make(Catalog catalog, DatabaseId database);

        private static void letGo(Catalog catalog, String id) {
            JobRecord held = catalog.find(id).orElseThrow();
            catalog.write(JobWrite.of(held.waiting(catalog.now().plus(LEASE), "the next look", 0)));
        }
    }
}
