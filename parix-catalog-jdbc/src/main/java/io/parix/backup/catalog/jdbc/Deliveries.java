package io.parix.backup.catalog.jdbc;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.parix.backup.catalog.jdbc.WakeTable.Delivery;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a wake-up that db-scheduler has picked: the worker looks, and the row goes unless it was asked for again. */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Database database;
    private final CatalogClock clock;
    private final Consumer<String> worker;

    Deliveries(Database database, CatalogClock clock, Consumer<String> worker) {
        this.database = database;
        this.clock = clock;
        this.worker = worker;
    }

    /** The task of a region's name. One whose process died, or that ended in an error of db-scheduler, is made again. */
    Task<Void> task(String name) {
        return Tasks.custom(name, Void.class)
                .onFailure((complete, operations) -> giveBack(complete))
                .onDeadExecution((complete, operations) -> giveBack(complete))
                .execute((instance, context) -> {
                    look(instance.getId());
                    return (complete, operations) -> end(complete);
                });
    }

    private void look(String job) {
        try {
            worker.accept(job);
        } catch (Throwable e) {
            // Whatever a host's or a provider's code throws: the tick looks again at what is due.
            LOG.error("Looking at job {} failed; it is looked at again", job, e);
        }
    }

    private void end(ExecutionComplete complete) {
        Delivery delivery = of(complete);
        database.run("end a wake-up of job " + delivery.job(), session -> WakeTable.end(session, delivery));
    }

    private void giveBack(ExecutionComplete complete) {
        Delivery delivery = of(complete);
        LOG.info("The wake-up of job {} was not brought to its end; it is made again", delivery.job());
        database.run(
                "make a wake-up of job " + delivery.job() + " again",
                session -> WakeTable.giveBack(session, delivery, clock.now()));
    }

    private static Delivery of(ExecutionComplete complete) {
        Execution execution = complete.getExecution();
        return new Delivery(execution.taskInstance.getTaskName(), execution.taskInstance.getId(), execution.version);
    }
}
