package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.DB;
import static io.parix.backup.testkit.contract.CatalogSamples.OTHER;
import static io.parix.backup.testkit.contract.CatalogSamples.asked;
import static io.parix.backup.testkit.contract.CatalogSamples.conflict;
import static io.parix.backup.testkit.contract.CatalogSamples.created;
import static io.parix.backup.testkit.contract.CatalogSamples.end;
import static io.parix.backup.testkit.contract.CatalogSamples.event;
import static io.parix.backup.testkit.contract.CatalogSamples.insert;
import static io.parix.backup.testkit.contract.CatalogSamples.row;
import static io.parix.backup.testkit.contract.Samples.race;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Schedules: one per database, each of its runs once. */
public interface ScheduleContract extends CatalogFixture {
    private static ScheduleRecord written(Catalog catalog, DatabaseId database, @Nullable Instant dueAt) {
        return written(catalog.write(ScheduleWrite.of(new ScheduleRecord(database, 0, dueAt, "{}"))));
    }

    private static ScheduleRecord written(ScheduleAnswer answer) {
        assertThat(answer).isInstanceOf(ScheduleAnswer.Written.class);
        return ((ScheduleAnswer.Written) answer).row();
    }

    private static ScheduleRecord moved(ScheduleRecord row, @Nullable Instant dueAt) {
        return new ScheduleRecord(row.database(), row.version(), dueAt, "{\"n\":" + row.version() + "}");
    }

    @Test
    @DisplayName("CAT-50 a schedule is found whole by every process, to the microsecond, and none where there is none")
    default void findsASchedule() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant due = Instant.parse("2030-03-31T01:00:00.123456789Z");
        String payload = "{\"zone\":\"Zürich \u2603\"}";

        ScheduleRecord row = written(catalog.write(ScheduleWrite.of(new ScheduleRecord(DB, 0, due, payload))));

        assertThat(row).isEqualTo(new ScheduleRecord(DB, 1, Instant.parse("2030-03-31T01:00:00.123456Z"), payload));
        assertThat(again(catalog).schedule(DB)).contains(row);
        assertThat(catalog.schedule(OTHER)).isEmpty();
    }

    @Test
    @DisplayName("CAT-51 a write of a version that has passed changes nothing and is told what is there")
    default void writesConditionally() throws Exception {
        Catalog catalog = emptyCatalog();
        assertThat(catalog.write(ScheduleWrite.of(new ScheduleRecord(DB, 1, null, "{}"))))
                .isEqualTo(new ScheduleAnswer.Moved(null));
        ScheduleRecord first = written(catalog, DB, catalog.now());
        ScheduleRecord second = written(catalog.write(ScheduleWrite.of(moved(first, null))));
        assertThat(second).isEqualTo(new ScheduleRecord(DB, 2, null, "{\"n\":1}"));
        BackupEvent late = event(row(catalog, "b1", DB), "late");
        assertThat(catalog.write(new ScheduleWrite(
                        moved(first, catalog.now()), asked(row(catalog, "b1", DB), "run"), List.of(late))))
                .isEqualTo(new ScheduleAnswer.Moved(second));
        assertThat(catalog.write(ScheduleWrite.of(new ScheduleRecord(DB, 0, null, "{}"))))
                .isEqualTo(new ScheduleAnswer.Moved(second));
        assertThat(catalog.schedule(DB)).contains(second);
        assertThat(catalog.find("b1")).isEmpty();
        assertThat(catalog.occupant(DB)).isEmpty();
        assertThat(catalog.undelivered(10)).isEmpty();
    }

    @Test
    @DisplayName("CAT-52 due schedules are listed the longest due first, as many as asked for, without paused ones")
    default void listsDueSchedules() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        ScheduleRecord z = written(catalog, new DatabaseId("z"), now.minusSeconds(30));
        ScheduleRecord a = written(catalog, new DatabaseId("a"), now.minusSeconds(20));
        ScheduleRecord b = written(catalog, new DatabaseId("b"), now.minusSeconds(20));
        ScheduleRecord later = written(catalog, new DatabaseId("later"), now.plusSeconds(600));
        written(catalog, new DatabaseId("paused"), null);
        assertThat(catalog.dueSchedules(10)).containsExactly(z, a, b);
        assertThat(catalog.dueSchedules(2)).containsExactly(z, a);
        elapse(catalog, Duration.ofMinutes(10));
        assertThat(again(catalog).dueSchedules(10)).containsExactly(z, a, b, later);
        catalog.write(ScheduleWrite.of(moved(z, null)));
        assertThat(catalog.dueSchedules(10)).containsExactly(a, b, later);
    }

    @Test
    @DisplayName(
            "CAT-52 a run that is to be looked at later is listed from then on, behind others, and is due as before")
    default void listsPostponedSchedulesLater() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        Instant due = now.minusSeconds(30);
        ScheduleRecord row = written(catalog, DB, due);
        ScheduleRecord other = written(catalog, OTHER, now.minusSeconds(20));
        Instant look = now.plusSeconds(600);

        ScheduleRecord postponed = written(catalog.write(ScheduleWrite.of(row.postponed(look))));

        assertThat(postponed).isEqualTo(new ScheduleRecord(DB, row.version() + 1, due, look, row.payload()));
        assertThat(again(catalog).schedule(DB)).contains(postponed);
        assertThat(catalog.dueSchedules(10)).containsExactly(other);
        elapse(catalog, Duration.ofMinutes(10));
        assertThat(catalog.dueSchedules(10)).containsExactly(other, postponed);
        ScheduleRecord next = written(catalog.write(ScheduleWrite.of(moved(postponed, look))));
        assertThat(next.lookAgain()).contains(look);
    }

    @Test
    @DisplayName("CAT-52 a schedule that is to be looked at later than any can be comes behind those that are due")
    default void listsSchedulesTooFarAhead() throws Exception {
        Catalog catalog = emptyCatalog();
        Instant now = catalog.now();
        ScheduleRecord far = written(catalog, DB, now.plus(Duration.ofDays(365)));
        written(catalog, OTHER, now.plus(ScheduleRecord.FURTHEST).minusSeconds(600));
        assertThat(catalog.dueSchedules(10)).containsExactly(far);
        ScheduleRecord due = written(catalog, new DatabaseId("due"), now);
        assertThat(again(catalog).dueSchedules(10)).containsExactly(due, far);
        assertThat(catalog.dueSchedules(1)).containsExactly(due);
        written(catalog.write(ScheduleWrite.of(far.postponed(now.plusSeconds(600)))));
        assertThat(catalog.dueSchedules(10)).containsExactly(due);
    }

    @Test
    @DisplayName("CAT-53 a run's job, its events and the schedule's next run are written together")
    default void startsARun() throws Exception {
        Catalog catalog = emptyCatalog();
        ScheduleRecord row = written(catalog, DB, catalog.now());
        Instant next = catalog.now().plus(Duration.ofDays(1));
        JobRecord job = row(catalog, "b1", DB);
        BackupEvent due = event(job, "due");

        ScheduleAnswer answer =
                catalog.write(new ScheduleWrite(moved(row, next), asked(job, "2030-03-31"), List.of(due)));

        assertThat(answer)
                .isEqualTo(new ScheduleAnswer.Written(catalog.schedule(DB).orElseThrow(), job));
        assertThat(again(catalog).find("b1")).contains(job);
        assertThat(catalog.occupant(DB)).contains(new Workflow(WorkflowKind.BACKUP, "b1"));
        assertThat(catalog.schedule(DB).flatMap(ScheduleRecord::due)).contains(next);
        assertThat(catalog.undelivered(10)).contains(due).hasSize(2);
    }

    @Test
    @DisplayName("CAT-53 a run that finds the slot taken is told by whom, and nothing is written")
    default void findsTheSlotTaken() throws Exception {
        Catalog catalog = emptyCatalog();
        insert(catalog, "manual", DB);
        ScheduleRecord row = written(catalog, DB, catalog.now());
        JobRecord job = row(catalog, "b1", DB);
        BackupEvent due = event(job, "due");

        ScheduleAnswer answer = catalog.write(new ScheduleWrite(moved(row, null), asked(job, "run"), List.of(due)));

        assertThat(answer).isEqualTo(new ScheduleAnswer.Occupied(new Workflow(WorkflowKind.BACKUP, "manual")));
        assertThat(catalog.schedule(DB)).contains(row);
        assertThat(catalog.find("b1")).isEmpty();
        assertThat(catalog.undelivered(10)).hasSize(1);
    }

    @Test
    @DisplayName("CAT-54 of eight nodes that start the same run one does")
    default void startsARunOnce() throws Exception {
        Catalog catalog = emptyCatalog();
        Catalog other = again(catalog);
        ScheduleRecord row = written(catalog, DB, catalog.now());
        Instant next = catalog.now().plus(Duration.ofDays(1));
        List<ScheduleAnswer> answers = race(IntStream.range(0, 8)
                .<Callable<ScheduleAnswer>>mapToObj(i -> {
                    ScheduleWrite write =
                            new ScheduleWrite(moved(row, next), asked(row(catalog, "b" + i, DB), "run"), List.of());
                    return () -> (i % 2 == 0 ? catalog : other).write(write);
                })
                .toList());
        assertThat(answers).filteredOn(ScheduleAnswer.Written.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(ScheduleAnswer.Moved.class::isInstance).hasSize(7);
        assertThat(IntStream.range(0, 8).filter(i -> catalog.find("b" + i).isPresent()))
                .hasSize(1);
        assertThat(catalog.undelivered(10)).hasSize(1);
    }

    @Test
    @DisplayName("CAT-54 of eight that make a database's schedule one does")
    default void makesOneSchedule() throws Exception {
        Catalog catalog = emptyCatalog();
        List<ScheduleAnswer> answers = race(IntStream.range(0, 8)
                .<Callable<ScheduleAnswer>>mapToObj(i ->
                        () -> catalog.write(ScheduleWrite.of(new ScheduleRecord(DB, 0, null, "{\"n\":" + i + "}"))))
                .toList());
        assertThat(answers).filteredOn(ScheduleAnswer.Written.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(ScheduleAnswer.Moved.class::isInstance).hasSize(7);
    }

    @Test
    @DisplayName("CAT-54 a run that has had its job gets no second one, though the schedule was made anew")
    default void startsNoRunTwice() throws Exception {
        Catalog catalog = emptyCatalog();
        ScheduleRecord row = written(catalog, DB, catalog.now());
        JobRecord job = row(catalog, "b1", DB);
        ScheduleRecord on = written(catalog.write(new ScheduleWrite(moved(row, null), asked(job, "run"), List.of())));
        JobRecord over = end(catalog, job);
        assertThat(catalog.unschedule(on)).isTrue();
        ScheduleRecord anew = written(catalog, DB, catalog.now());

        ScheduleAnswer answer =
                catalog.write(new ScheduleWrite(moved(anew, null), asked(row(catalog, "b2", DB), "run"), List.of()));

        assertThat(((ScheduleAnswer.Written) answer).started()).contains(over);
        assertThat(catalog.find("b2")).isEmpty();
    }

    @Test
    @DisplayName("CAT-55 who has seen a schedule that was removed neither writes nor removes the one made after it")
    default void takesNoVersionAgain() throws Exception {
        Catalog catalog = emptyCatalog();
        ScheduleRecord old = written(catalog, DB, catalog.now());
        assertThat(catalog.unschedule(old)).isTrue();
        assertThat(catalog.write(ScheduleWrite.of(moved(old, null)))).isEqualTo(new ScheduleAnswer.Moved(null));
        ScheduleRecord anew = written(again(catalog), DB, null);
        assertThat(catalog.write(ScheduleWrite.of(moved(old, catalog.now()))))
                .isEqualTo(new ScheduleAnswer.Moved(anew));
        assertThat(catalog.unschedule(old)).isFalse();
        assertThat(catalog.schedule(DB)).contains(anew);
        assertThat(written(catalog.write(ScheduleWrite.of(moved(anew, catalog.now()))))
                        .version())
                .isGreaterThan(anew.version());
    }

    @Test
    @DisplayName("CAT-55 a schedule is removed at the version that was seen, and at no other")
    default void removesASchedule() throws Exception {
        Catalog catalog = emptyCatalog();
        ScheduleRecord first = written(catalog, DB, catalog.now());
        ScheduleRecord other = written(catalog, OTHER, catalog.now());
        ScheduleRecord second = written(catalog.write(ScheduleWrite.of(moved(first, catalog.now()))));
        assertThat(catalog.unschedule(first)).isFalse();
        assertThat(catalog.schedule(DB)).contains(second);
        assertThat(again(catalog).unschedule(second)).isTrue();
        assertThat(catalog.unschedule(second)).isFalse();
        assertThat(catalog.schedule(DB)).isEmpty();
        assertThat(catalog.dueSchedules(10)).containsExactly(other);
    }

    @Test
    @DisplayName("CAT-56 a run whose job is active already, by whatever key, has that one, and the schedule moves on")
    default void findsTheJobOfARun() throws Exception {
        Catalog catalog = emptyCatalog();
        ScheduleRecord row = written(catalog, DB, catalog.now());
        JobRecord job = row(catalog, "b1", DB);
        JobRecord active = created(catalog.insert(asked(job, "by hand")));

        ScheduleAnswer answer = catalog.write(new ScheduleWrite(moved(row, null), asked(job, "run"), List.of()));

        assertThat(answer).isInstanceOf(ScheduleAnswer.Written.class);
        assertThat(((ScheduleAnswer.Written) answer).started()).contains(active);
        assertThat(catalog.schedule(DB)).contains(written(answer));
        assertThat(catalog.keyed(DB, JobKind.BACKUP, "run")).isEmpty();
        assertThat(catalog.undelivered(10)).hasSize(1);
    }

    @Test
    @DisplayName("CAT-56 a run that carries the id of a job that has ended is refused, and nothing is written")
    default void refusesTheJobOfAnotherRun() throws Exception {
        Catalog catalog = emptyCatalog();
        ScheduleRecord row = written(catalog, DB, catalog.now());
        JobRecord over = end(catalog, insert(catalog, "b1", DB));
        ScheduleWrite write =
                new ScheduleWrite(moved(row, null), asked(row(catalog, "b1", DB), "run"), List.of(event(over, "due")));
        assertThat(conflict(() -> catalog.write(write)).actual()).contains(over);
        assertThat(catalog.schedule(DB)).contains(row);
        assertThat(catalog.occupant(DB)).isEmpty();
        assertThat(catalog.undelivered(10)).hasSize(1);
    }
}
