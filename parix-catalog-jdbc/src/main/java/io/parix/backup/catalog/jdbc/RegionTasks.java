package io.parix.backup.catalog.jdbc;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Resolvable;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which wake-ups this process takes: db-scheduler skips, by name, those whose task it cannot resolve. There is one task name
 * per region, so those of regions that are not served stay for others. They are never deleted, however long they wait.
 */
// db-scheduler's signatures say Task without its argument.
@SuppressWarnings("rawtypes")
final class RegionTasks extends TaskResolver {
    private final Set<String> regions;
    private final Function<String, Task<Void>> task;

    RegionTasks(Set<String> regions, Clock clock, Function<String, Task<Void>> task) {
        super(SchedulerListeners.NOOP, clock, List.of());
        this.regions = Set.copyOf(regions);
        this.task = task;
    }

    @Override
    public Optional<Task> resolve(Resolvable wanted, boolean exclude) {
        String name = wanted.getTaskName();
        boolean served = WakeTable.isTask(name) && (regions.isEmpty() || regions.contains(WakeTable.regionOf(name)));
        return served ? Optional.of(task.apply(name)) : super.resolve(wanted, exclude);
    }

    @Override
    public List<String> getUnresolvedTaskNames(Duration unresolvedFor) {
        return List.of();
    }
}
