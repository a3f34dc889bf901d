package io.parix.backup.testkit.fault;

import io.parix.backup.BackupEvent;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.spi.catalog.Wake;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls are about: their first argument, of which a name is enough. */
final class Subjects {
    private Subjects() {}

    /** Of a call on something that has a name of its own, its name and where in it. */
    static List<String> of(String label, List<@Nullable Object> arguments) {
        Object first = arguments.isEmpty() ? null : arguments.get(0);
        if (!label.isEmpty()) {
            return List.of(first == null ? label : label + " " + first);
        } else if (first instanceof Collection<?> many) {
            return many.stream().map(Subjects::named).toList();
        }
        return first == null ? List.of() : List.of(named(first));
    }

    private static String named(@Nullable Object what) {
        if (what instanceof JobRecord row) {
            return row.id() + " " + row.step();
        } else if (what instanceof NewJob job) {
            return named(job.row());
        } else if (what instanceof JobWrite write) {
            return named(write.next());
        } else if (what instanceof ScheduleRecord schedule) {
            return "schedule of " + schedule.database();
        } else if (what instanceof ScheduleWrite write) {
            return named(write.next());
        } else if (what instanceof SettingRecord setting) {
            return setting.name();
        } else if (what instanceof Wake wake) {
            return wake.job();
        } else if (what instanceof RestoreCall restore) {
            return restore.restore().toString();
        }
        return ofPlaces(what);
    }

    private static String ofPlaces(@Nullable Object what) {
        if (what instanceof KeyPrefix prefix) {
            return prefix.value();
        } else if (what instanceof VolumeRequest volume) {
            return volume.name();
        } else if (what instanceof StorageLocation location) {
            return location.provider() + " " + location.prefix();
        } else if (what instanceof BackupEvent event) {
            return event.kind().code() + " " + event.job();
        } else if (what instanceof HistoryQuery query) {
            return query.jobs().database().toString();
        } else if (what instanceof AdoptedJob adopted) {
            return adopted.row().id();
        }
        return String.valueOf(what);
    }
}
