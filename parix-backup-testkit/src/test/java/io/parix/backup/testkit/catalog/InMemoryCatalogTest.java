package io.parix.backup.testkit.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.StepProgress;
import io.parix.backup.testkit.engine.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryCatalogTest {
    private static final DatabaseId DB = new DatabaseId("db");
    private static final DatabaseId OTHER = new DatabaseId("other");
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00.123456789Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final VirtualClock clock = new VirtualClock(NINE);
    private final InMemoryCatalog catalog = new InMemoryCatalog(clock);

    @Test
    @DisplayName("B7 instants have microseconds")
    void microseconds() {
        assertThat(catalog.now()).isEqualTo(Instant.parse("2026-11-23T09:00:00.123456Z"));
    }

    @Test
    @DisplayName("A3 of eight callers that race one gets the job, the others what occupies the database")
    void insertRace() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        CyclicBarrier together = new CyclicBarrier(8);
        List<Callable<Inserted>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            NewJob job = job("b" + i, DB, null);
            callers.add(() -> {
                together.await();
                return catalog.insert(job);
            });
        }
        List<Inserted> answers = new ArrayList<>();
        for (Future<Inserted> answer : pool.invokeAll(callers)) {
            answers.add(answer.get());
        }
        pool.shutdown();

        List<Inserted> created =
                answers.stream().filter(Inserted.Created.class::isInstance).toList();
        assertThat(created).hasSize(1);
        String winner = ((Inserted.Created) created.get(0)).row().id();
        assertThat(answers)
                .filteredOn(answer -> !created.contains(answer))
                .hasSize(7)
                .containsOnly(new Inserted.Occupied(new Workflow(WorkflowKind.BACKUP, winner)));
        assertThat(catalog.undelivered(100)).hasSize(1);
    }

    @Test
    @DisplayName("A3 the slot is per database, names its occupant, and comes back at the end, not before")
    void slot() {
        JobRecord row = insert("b1", DB, null);
        assertThat(catalog.occupant(DB)).contains(new Workflow(WorkflowKind.BACKUP, "b1"));
        assertThat(catalog.occupant(OTHER)).isEmpty();
        insert("b2", OTHER, null);

        JobRecord running = catalog.write(JobWrite.of(to(claim(row), JobStatus.RUNNING, catalog.now())));
        assertThat(catalog.occupant(DB)).isPresent();
        JobRecord ended = catalog.write(JobWrite.of(to(running, JobStatus.FAILED, catalog.now())));

        assertThat(ended.claimed()).isEmpty();
        assertThat(catalog.occupant(DB)).isEmpty();
        assertThat(catalog.occupant(OTHER)).isPresent();
        insert("b3", DB, null);
        catalog.write(JobWrite.of(to(claim(ended), JobStatus.FAILED, null)));
        assertThat(catalog.occupant(DB)).as("a sweep after the end").contains(new Workflow(WorkflowKind.BACKUP, "b3"));
    }

    @Test
    @DisplayName("A3 a host takes the slot once, may repeat it, and gives back only what it holds")
    void hostSlot() {
        Workflow mine = new Workflow(WorkflowKind.IMPORT, "i1");
        Workflow theirs = new Workflow(WorkflowKind.PROVISIONING, "p1");
        assertThat(catalog.acquire(DB, mine)).isEmpty();
        assertThat(catalog.acquire(DB, mine)).isEmpty();
        assertThat(catalog.acquire(DB, theirs)).contains(mine);
        assertThat(catalog.insert(job("b1", DB, null))).isEqualTo(new Inserted.Occupied(mine));

        catalog.release(DB, theirs);
        assertThat(catalog.occupant(DB)).contains(mine);
        catalog.release(DB, mine);
        catalog.release(DB, mine);

        assertThat(catalog.occupant(DB)).isEmpty();
        insert("b1", DB, null);
        assertThat(catalog.acquire(DB, mine)).contains(new Workflow(WorkflowKind.BACKUP, "b1"));
    }

    @Test
    @DisplayName("A4 a key finds its job per database and kind, also after its end")
    void keys() {
        JobRecord row = insert("b1", DB, "monday");
        assertThat(catalog.insert(job("b2", DB, "monday"))).isEqualTo(new Inserted.Existing(row));
        catalog.write(JobWrite.of(to(claim(row), JobStatus.FAILED, null)));

        assertThat(catalog.insert(job("b3", DB, "monday"))).isInstanceOf(Inserted.Existing.class);
        assertThat(catalog.keyed(DB, JobKind.BACKUP, "monday"))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo("b1"));
        assertThat(catalog.keyed(DB, JobKind.RESTORE, "monday")).isEmpty();
        assertThat(catalog.keyed(OTHER, JobKind.BACKUP, "monday")).isEmpty();
        assertThat(catalog.insert(job("b4", OTHER, "monday"))).isInstanceOf(Inserted.Created.class);
        assertThat(catalog.find("b2")).isEmpty();
    }

    @Test
    @DisplayName("B7 a live lease is not taken; a lapsed one is, from the instant at which it lapses")
    void leases() {
        JobRecord held = claim(insert("b1", DB, null));
        clock.advance(LEASE.minusNanos(1000));
        assertThatThrownBy(() -> claim(held))
                .isInstanceOfSatisfying(
                        CatalogConflictException.class,
                        e -> assertThat(e.actual()).contains(held));
        clock.advance(Duration.ofNanos(1000));

        JobRecord taken = claim(held);

        assertThat(taken.version()).isEqualTo(held.version() + 1);
        assertThat(fence(taken)).isGreaterThan(fence(held));
        assertThatThrownBy(() -> claim(held)).isInstanceOf(CatalogConflictException.class);
    }

    @Test
    @DisplayName("B7 a heartbeat renews from now and keeps the version; that of an overtaken worker is refused")
    void heartbeat() {
        JobRecord held = claim(insert("b1", DB, null));
        clock.advance(LEASE.minusSeconds(1));
        catalog.heartbeat(held, LEASE, new StepProgress(5, 9, null));
        JobRecord now = catalog.find("b1").orElseThrow();
        assertThat(now.version()).isEqualTo(held.version());
        assertThat(now.progress().done()).isEqualTo(5);
        clock.advance(LEASE.minusSeconds(1));
        assertThatThrownBy(() -> claim(now)).isInstanceOf(CatalogConflictException.class);
        clock.advance(Duration.ofSeconds(1));
        claim(now);

        assertThatThrownBy(() -> catalog.heartbeat(held, LEASE, StepProgress.NONE))
                .isInstanceOf(CatalogConflictException.class);
    }

    @Test
    @DisplayName("B7 fencing tokens rise strictly per database, across its jobs")
    void fences() {
        long first = fence(claim(insert("b1", DB, null)));
        JobRecord row = catalog.find("b1").orElseThrow();
        catalog.write(JobWrite.of(to(row, JobStatus.FAILED, null)));
        long second = fence(claim(insert("b2", DB, null)));

        assertThat(second).isGreaterThan(first);
        assertThat(fence(claim(insert("o1", OTHER, null)))).isPositive();
    }

    @Test
    @DisplayName("B7 a write of a stale version or fence changes nothing")
    void staleWrites() {
        JobRecord row = insert("b1", DB, null);
        JobRecord held = claim(row);
        assertThatThrownBy(() -> catalog.write(JobWrite.of(to(row, JobStatus.RUNNING, catalog.now()))))
                .isInstanceOf(CatalogConflictException.class);
        clock.advance(LEASE);
        JobRecord taken = claim(held);
        JobRecord forged = new JobRecord(
                taken.id(),
                taken.version(),
                taken.kind(),
                taken.database(),
                taken.region(),
                JobStatus.FAILED,
                "x",
                1,
                taken.requestedAt(),
                null,
                held.claim(),
                0,
                StepProgress.NONE,
                "{}");

        assertThatThrownBy(() -> catalog.write(new JobWrite(forged, List.of(event("late")), Map.of("s", 1L))))
                .isInstanceOf(CatalogConflictException.class);

        assertThat(catalog.find("b1")).contains(taken);
        assertThat(catalog.needing(DB, "s")).isEmpty();
        assertThat(catalog.undelivered(10)).extracting(BackupEvent::id).containsExactly("b1-requested");
    }

    @Test
    @DisplayName("B8 a row that waits is let go of; one that goes on is kept")
    void letGo() {
        JobRecord held = claim(insert("b1", DB, null));
        JobRecord on = catalog.write(JobWrite.of(to(held, JobStatus.RUNNING, catalog.now())));
        assertThat(on.claimed()).isPresent();

        JobRecord waits = catalog.write(JobWrite.of(on.waiting(catalog.now().plusMillis(1), "snapshot is pending", 2)));

        assertThat(waits.claimed()).isEmpty();
        assertThat(waits.strikes()).isEqualTo(2);
        assertThat(catalog.due(DueQuery.everywhere(10))).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(catalog.due(DueQuery.everywhere(10))).containsExactly(waits);
    }

    @Test
    @DisplayName("B4 due lists the longest due first, bounded, without live leases and with lapsed ones")
    void due() {
        insert("b1", DB, null);
        clock.advance(Duration.ofSeconds(1));
        insert("a1", OTHER, null);
        assertThat(ids(catalog.due(DueQuery.everywhere(10)))).containsExactly("b1", "a1");
        assertThat(ids(catalog.due(DueQuery.everywhere(1)))).containsExactly("b1");
        claim(catalog.find("b1").orElseThrow());
        assertThat(ids(catalog.due(DueQuery.everywhere(10)))).containsExactly("a1");
        clock.advance(LEASE);
        assertThat(ids(catalog.due(DueQuery.everywhere(10)))).containsExactly("b1", "a1");
    }

    @Test
    @DisplayName("D2 history is newest first, ties by id, and a page goes on exactly after the last row")
    void history() {
        for (String id : List.of("b2", "b1", "b3")) {
            end(insert(id, DB, null));
        }
        clock.advance(Duration.ofSeconds(1));
        end(insert("a9", DB, null));
        end(insert("o1", OTHER, null));
        List<String> seen = new ArrayList<>();
        HistoryQuery query = HistoryQuery.newest(DB, JobKind.BACKUP, 2);
        List<JobRecord> page = catalog.history(query);
        while (!page.isEmpty()) {
            seen.addAll(ids(page));
            page = catalog.history(query.after(page.get(page.size() - 1)));
        }

        assertThat(seen).containsExactly("a9", "b3", "b2", "b1");
        assertThat(catalog.history(HistoryQuery.newest(DB, JobKind.RESTORE, 10)))
                .isEmpty();
        for (int wrong : new int[] {0, 1_001}) {
            assertThatThrownBy(() -> HistoryQuery.newest(DB, JobKind.BACKUP, wrong))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    @DisplayName("J1 events leave in the order of their writes, and stay until they are taken off")
    void outbox() {
        JobRecord held = claim(insert("b1", DB, null));
        catalog.write(new JobWrite(to(held, JobStatus.FAILED, null), List.of(event("z"), event("a")), Map.of()));

        assertThat(catalog.undelivered(10)).extracting(BackupEvent::id).containsExactly("b1-requested", "z", "a");
        assertThat(catalog.undelivered(1)).hasSize(1);
        catalog.delivered("z");
        catalog.delivered("z");
        catalog.delivered("unheard of");
        assertThat(catalog.undelivered(10)).extracting(BackupEvent::id).containsExactly("b1-requested", "a");
    }

    @Test
    @DisplayName("C12 the backups that need a segment are known from the write that decides their commit")
    void needing() {
        for (String id : List.of("b2", "b1")) {
            JobRecord held = claim(insert(id, DB, null));
            JobRecord decided = catalog.write(
                    new JobWrite(to(held, JobStatus.RUNNING, catalog.now()), List.of(), Map.of("s1", 1L, id, 1L)));
            catalog.write(JobWrite.of(to(decided, JobStatus.COMPLETED, null)));
        }

        assertThat(catalog.needing(DB, "s1")).containsExactly("b1", "b2");
        assertThat(catalog.needing(DB, "b2")).containsExactly("b2");
        assertThat(catalog.needing(DB, "s")).isEmpty();
        assertThat(catalog.needing(OTHER, "s1")).isEmpty();
    }

    private JobRecord insert(String id, DatabaseId database, @Nullable String key) {
        return ((Inserted.Created) catalog.insert(job(id, database, key))).row();
    }

    private NewJob job(String id, DatabaseId database, @Nullable String key) {
        JobRecord row = new JobRecord(
                id,
                1,
                JobKind.BACKUP,
                database,
                "eu",
                JobStatus.QUEUED,
                "queued",
                0,
                catalog.now(),
                catalog.now(),
                null,
                0,
                StepProgress.NONE,
                "{}");
        return new NewJob(row, key, event(id + "-requested"));
    }

    private BackupEvent event(String id) {
        return new BackupEvent(id, BackupEvent.Kind.BACKUP_REQUESTED, DB, "b1", catalog.now(), null);
    }

    private JobRecord claim(JobRecord row) {
        return catalog.claim(row, "w1", LEASE);
    }

    private void end(JobRecord row) {
        catalog.write(JobWrite.of(to(claim(row), JobStatus.COMPLETED, null)));
    }

    private static JobRecord to(JobRecord row, JobStatus status, @Nullable Instant again) {
        return row.moved(status, "step", "{}", again);
    }

    private static long fence(JobRecord row) {
        return row.claimed().orElseThrow().fence();
    }

    private static List<String> ids(List<JobRecord> rows) {
        return rows.stream().map(JobRecord::id).toList();
    }
}
