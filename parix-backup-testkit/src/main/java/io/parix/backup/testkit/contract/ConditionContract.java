package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.LEASE;
import static io.parix.backup.testkit.contract.CatalogSamples.claim;
import static io.parix.backup.testkit.contract.CatalogSamples.claimedAs;
import static io.parix.backup.testkit.contract.CatalogSamples.conflict;
import static io.parix.backup.testkit.contract.CatalogSamples.ended;
import static io.parix.backup.testkit.contract.CatalogSamples.fence;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.running;
import static io.parix.backup.testkit.contract.ConditionSamples.JUST_INSIDE;
import static io.parix.backup.testkit.contract.ConditionSamples.backup;
import static io.parix.backup.testkit.contract.ConditionSamples.ending;
import static io.parix.backup.testkit.contract.ConditionSamples.goesOn;
import static io.parix.backup.testkit.contract.ConditionSamples.held;
import static io.parix.backup.testkit.contract.ConditionSamples.isWritten;
import static io.parix.backup.testkit.contract.ConditionSamples.requireRefused;
import static io.parix.backup.testkit.contract.ConditionSamples.requireUnchanged;
import static io.parix.backup.testkit.contract.ConditionSamples.set;
import static io.parix.backup.testkit.contract.Samples.race;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.StepProgress;
import io.parix.backup.spi.catalog.WriteCondition;
import io.parix.backup.spi.catalog.WriteCondition.ClaimStands;
import io.parix.backup.spi.catalog.WriteCondition.JobStands;
import io.parix.backup.spi.catalog.WriteCondition.SettingStands;
import io.parix.backup.testkit.contract.ConditionSamples.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a write rests on beside its own row. */
public interface ConditionContract extends CatalogFixture {
    @Test
    @DisplayName(
            "CAT-79 a write on condition that a claim stands is done whole, also after heartbeats and writes under it")
    default void writesUnderAnotherClaim() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord cleanUp = held(catalog);
        ClaimStands stands = new ClaimStands("c1", fence(cleanUp));
        JobRecord on = goesOn(catalog, backup(catalog), stands);
        elapse(catalog, LEASE.dividedBy(2));
        catalog.heartbeat(cleanUp, LEASE, new StepProgress(1, 2, null));
        elapse(catalog, JUST_INSIDE);
        JobRecord further = goesOn(catalog, on, stands);
        goesOn(catalog, cleanUp);

        catalog.write(ending(further, stands));

        assertThat(again(catalog).find("b1").orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(catalog.undelivered(10)).extracting(BackupEvent::id).contains("b1-ended");
        assertThat(catalog.needing(DB, "segments/b1")).containsExactly("b1");
        assertThat(catalog.occupant(DB)).isEmpty();
    }

    @Test
    @DisplayName("CAT-79 a lease that has lapsed refuses it though nobody else came, and one that is renewed does not")
    default void refusesUnderALapsedLease() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord cleanUp = held(catalog);
        JobRecord backup = backup(catalog);
        ClaimStands stands = new ClaimStands("c1", fence(cleanUp));
        elapse(catalog, LEASE);
        requireRefused(catalog, backup, stands);
        catalog.heartbeat(cleanUp, LEASE, StepProgress.NONE);
        goesOn(again(catalog), backup, stands);
    }

    @Test
    @DisplayName("CAT-79 a job that another claim has, that was let go of, that is another one or gone, refuses it")
    default void refusesUnderAnotherClaim() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord cleanUp = held(catalog);
        JobRecord backup = backup(catalog);
        ClaimStands stands = new ClaimStands("c1", fence(cleanUp));
        requireRefused(catalog, backup, new ClaimStands("c2", fence(cleanUp)));
        requireRefused(catalog, backup, new ClaimStands("b1", fence(cleanUp)));
        requireRefused(catalog, backup, new ClaimStands("c1", fence(cleanUp) - 1));
        elapse(catalog, LEASE);
        JobRecord taken = claim(again(catalog), cleanUp);
        requireRefused(catalog, backup, stands);
        ClaimStands next = new ClaimStands("c1", fence(taken));
        JobRecord on = goesOn(catalog, backup, next);
        JobRecord free = catalog.write(JobWrite.of(taken.waiting(catalog.now().plus(LEASE), "the next look", 0)));
        requireRefused(catalog, on, next);
        JobRecord over = catalog.write(JobWrite.of(ended(claim(catalog, free), JobStatus.COMPLETED)));
        requireRefused(catalog, on, next);
        catalog.remove(over, List.of());
        requireRefused(catalog, on, next);
    }

    @Test
    @DisplayName(
            "CAT-80 a write on condition that a job is at a version is done, also after its heartbeat, and refused at any other")
    default void comparesVersionsOfOthers() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord other = held(catalog);
        JobRecord backup = backup(catalog);
        JobStands stands = new JobStands("c1", other.version());
        JobRecord on = goesOn(catalog, backup, stands);
        catalog.heartbeat(other, LEASE, new StepProgress(1, 2, null));
        JobRecord further = goesOn(again(catalog), on, stands);
        requireRefused(catalog, further, new JobStands("c1", other.version() - 1));
        requireRefused(catalog, further, new JobStands("c1", other.version() + 1));
        requireRefused(catalog, further, new JobStands("c2", other.version()));
        JobRecord moved = goesOn(catalog, other);
        requireRefused(catalog, further, stands);
        goesOn(catalog, further, new JobStands("c1", moved.version()));
    }

    @Test
    @DisplayName("CAT-81 a write on condition that a setting is at a version is done, and refused at any other")
    default void comparesSettings() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord backup = backup(catalog);
        set(catalog, "a", 0);
        set(catalog, "neighbour", 0);
        SettingStands first = new SettingStands("a", 1);
        JobRecord on = goesOn(catalog, backup, first);
        set(catalog, "neighbour", 1);
        JobRecord further = goesOn(again(catalog), on, first);
        requireRefused(catalog, further, new SettingStands("a", 0));
        requireRefused(catalog, further, new SettingStands("a", 2));
        set(again(catalog), "a", 1);
        requireRefused(catalog, further, first);
        goesOn(catalog, further, new SettingStands("a", 2));
    }

    @Test
    @DisplayName("CAT-81 a write on condition that there is no setting is done until one is made, by its whole name")
    default void comparesAbsentSettings() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord backup = backup(catalog);
        set(catalog, "a/b", 0);
        SettingStands none = new SettingStands("a", 0);
        JobRecord on = goesOn(catalog, backup, none);
        requireRefused(catalog, on, new SettingStands("a", 1));
        set(again(catalog), "a", 0);
        requireRefused(catalog, on, none);
        goesOn(catalog, on, new SettingStands("A", 0));
    }

    @Test
    @DisplayName(
            "CAT-82 who was told that such a row has changed sees no write come after it that rests on the row before")
    default void orders() throws Exception {
        Catalog catalog = emptyCatalog();
        Catalog other = again(catalog);
        for (int round = 0; round < 6; round++) {
            for (Change change : Change.values()) {
                DatabaseId database = new DatabaseId(change + "-" + round);
                JobRecord backup = claim(catalog, insert(catalog, "b-" + database, database));
                WriteCondition stands = change.before(catalog, database);
                JobWrite write = JobWrite.of(running(catalog, backup)).provided(Set.of(stands));
                List<Boolean> written = race(List.of(() -> isWritten(catalog, write), () -> {
                    change.make(other, database);
                    return other.find(backup.id()).orElseThrow().version() > backup.version();
                }));
                assertThat(written.get(1)).as("%s", database).isEqualTo(written.get(0));
            }
        }
    }

    @Test
    @DisplayName("CAT-83 of several conditions each must hold, and so must the row's own version and claim")
    default void requiresAll() throws Exception {
        Catalog catalog = emptyCatalog();
        JobRecord held = held(catalog);
        JobRecord backup = backup(catalog);
        set(catalog, "a", 0);
        List<WriteCondition> all = List.of(
                new ClaimStands("c1", fence(held)),
                new JobStands("c1", held.version()),
                new SettingStands("a", 1),
                new SettingStands("b", 0));
        List<WriteCondition> broken = List.of(
                new ClaimStands("c1", fence(held) + 1),
                new JobStands("c1", held.version() + 1),
                new SettingStands("a", 2),
                new SettingStands("b", 1));
        for (int i = 0; i < all.size(); i++) {
            Set<WriteCondition> conditions = new HashSet<>(all);
            conditions.remove(all.get(i));
            conditions.add(broken.get(i));
            JobWrite write = ending(backup).provided(conditions);
            assertThat(conflict(() -> catalog.write(write)).broken()).contains(broken.get(i));
            requireUnchanged(catalog, backup);
        }
        JobRecord on = goesOn(catalog, backup, all.toArray(WriteCondition[]::new));
        JobWrite stale = ending(backup).provided(Set.copyOf(all));
        assertThat(conflict(() -> catalog.write(stale)).actual()).contains(on);
        JobWrite unclaimed = ending(claimedAs(on, null)).provided(Set.copyOf(all));
        assertThat(conflict(() -> catalog.write(unclaimed)).actual()).contains(on);
        requireUnchanged(catalog, on);
    }
}
