package io.parix.backup.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.catalog.jdbc.DispatchSettings;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.catalog.jdbc.JdbcDispatcher;
import io.parix.backup.core.job.BackupStep;
import io.parix.backup.engine.event.EventPump;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.engine.work.JobLoop;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.StepProgress;
import io.parix.backup.spi.catalog.Wake;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Jobs through the engine's loop and the dispatcher, in turn with db-scheduler's own tasks that do nothing. */
final class DispatchBar {
    /** Of either side. */
    static final int THREADS = 4;

    private static final String REGION = "benchmark";
    private static final String ELSEWHERE = "elsewhere";
    private static final DispatchSettings SETTINGS =
            DispatchSettings.builder().workers(THREADS).build();

    private final CatalogServer server;
    private final JdbcCatalog catalog;
    private final CatalogSize size;
    private final WrittenBackups written;
    private int round;

    DispatchBar(CatalogServer server, JdbcCatalog catalog, CatalogSize size, WrittenBackups written) {
        this.server = server;
        this.catalog = catalog;
        this.size = size;
        this.written = written;
    }

    CatalogBar.Measured measure() throws SQLException, InterruptedException {
        // As db-scheduler's documentation has it.
        server.run(
                "create table scheduled_tasks (task_name text not null, task_instance text not null, task_data bytea,"
                        + " execution_time timestamp with time zone not null, picked boolean not null, picked_by text,"
                        + " last_success timestamp with time zone, last_failure timestamp with time zone,"
                        + " consecutive_failures int, last_heartbeat timestamp with time zone, version bigint not null,"
                        + " priority smallint, primary key (task_name, task_instance))",
                "create index execution_time_idx on scheduled_tasks (execution_time)",
                "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)");
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (round = 0; round <= size.rounds(); round++) {
            double writes = writesPerSecond();
            double tasks = tasksPerSecond();
            if (round > 0) {
                ours.add(writes);
                theirs.add(tasks);
            }
        }
        return CatalogBar.DISPATCH.of(median(ours), median(theirs));
    }

    private static double median(List<Double> figures) {
        return Figures.median(figures.stream().mapToDouble(each -> each).toArray());
    }

    private double writesPerSecond() throws SQLException, InterruptedException {
        ask();
        CountDownLatch done = new CountDownLatch(size.jobs());
        JdbcDispatcher dispatcher = new JdbcDispatcher(catalog, SETTINGS);
        JobLoop loop = new JobLoop(
                new JobLoop.Parts(
                        catalog,
                        dispatcher,
                        new EventPump(catalog, event -> {}, 100, Runnable::run),
                        EngineSettings.defaults(),
                        new JobLoop.Worker("worker-" + round, Set.of(REGION), System::nanoTime),
                        Runnable::run),
                List.of(new JobHops(written.completed().payload(), done)));
        long began = System.nanoTime();
        dispatcher.start(Set.of(REGION), loop::look, loop::tick);
        Waiting.until(done);
        double seconds = (System.nanoTime() - began) / 1e9;
        loop.close();
        dispatcher.close();
        return writes() / seconds;
    }

    /** Each durable write of a job counts its version up by one, from 1 where it was inserted. */
    private long writes() throws SQLException {
        return Long.parseLong(server.ask("select sum(version - 1) from parix_job where id like '" + job("") + "%'"));
    }

    /** Another process asks, which serves no region that is asked for. */
    private void ask() {
        JdbcDispatcher asking = new JdbcDispatcher(catalog, SETTINGS);
        asking.start(Set.of(ELSEWHERE), id -> {}, () -> {});
        for (int n = 0; n < size.jobs(); n++) {
            JobRecord row = row(n);
            var unused = catalog.insert(new NewJob(
                    row,
                    null,
                    new BackupEvent(
                            row.id() + "-1-requested",
                            BackupEvent.Kind.BACKUP_REQUESTED,
                            row.database(),
                            row.id(),
                            row.requestedAt(),
                            null)));
            asking.wake(Wake.of(row, row.requestedAt()));
        }
        asking.close();
    }

    private String job(String number) {
        return "dispatched-" + round + "-" + number;
    }

    private JobRecord row(int number) {
        Instant now = catalog.now();
        return new JobRecord(
                job(String.valueOf(number)),
                1,
                JobKind.BACKUP,
                new DatabaseId("db-" + job(String.valueOf(number))),
                REGION,
                JobStatus.QUEUED,
                BackupStep.QUEUED.code(),
                0,
                now,
                now,
                null,
                0,
                StepProgress.NONE,
                written.waiting().payload());
    }

    private double tasksPerSecond() throws SQLException, InterruptedException {
        CountDownLatch done = new CountDownLatch(size.tasks());
        OneTimeTask<Void> nothing = Tasks.oneTime("nothing").execute((instance, context) -> done.countDown());
        server.run("insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                + " select 'nothing', cast(i as text), now(), false, 1 from generate_series(1, " + size.tasks()
                + ") i");
        Scheduler scheduler = Scheduler.create(server.pool(), nothing)
                .threads(THREADS)
                .pollingInterval(SETTINGS.pollEvery())
                .build();
        long began = System.nanoTime();
        scheduler.start();
        Waiting.until(done);
        double seconds = (System.nanoTime() - began) / 1e9;
        scheduler.stop();
        return size.tasks() / seconds;
    }
}
