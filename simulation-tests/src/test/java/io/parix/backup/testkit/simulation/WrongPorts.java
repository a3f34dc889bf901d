package io.parix.backup.testkit.simulation;

import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ports that are right but for one method. */
final class WrongPorts {
    private WrongPorts() {}

    /** One row, or several. */
    static @Nullable Object withoutHolds(@Nullable Object rows) {
        if (rows instanceof Optional<?> one) {
            return one.map(row -> withoutHold((JobRecord) row));
        }
        List<JobRecord> all = new ArrayList<>();
        for (Object row : (List<?>) Objects.requireNonNull(rows)) {
            all.add(withoutHold((JobRecord) row));
        }
        return all;
    }

    private static JobRecord withoutHold(JobRecord row) {
        return new JobRecord(
                row.id(),
                row.version(),
                row.kind(),
                row.database(),
                row.region(),
                row.status(),
                row.step(),
                row.attempt(),
                row.requestedAt(),
                row.lookAgainAt(),
                row.claim(),
                row.strikes(),
                row.progress(),
                row.payload().replaceAll("\"hold\":\\{[^}]*},?", ""));
    }

    static Ports store(Ports right, String method, Wrong<ObjectStore> wrong) {
        return session(
                right,
                (call, session) -> call.name().equals("objects")
                        ? Wrong.port(ObjectStore.class, call.right(ObjectStore.class), Wrong.only(method, wrong))
                        : call.right());
    }

    static Ports volumes(Ports right, String method, Wrong<VolumeSnapshots> wrong) {
        return session(
                right,
                (call, session) -> call.name().equals("snapshots")
                        ? ((Optional<?>) call.right(Optional.class))
                                .map(there -> Wrong.port(
                                        VolumeSnapshots.class, (VolumeSnapshots) there, Wrong.only(method, wrong)))
                        : call.right());
    }

    static Ports session(Ports right, Wrong<ProviderSession> wrong) {
        return right.withWrongProvider(Wrong.port(
                BackupProvider.class,
                right.provider(),
                (call, there) -> call.name().equals("open")
                        ? Wrong.port(ProviderSession.class, call.right(ProviderSession.class), wrong)
                        : call.right()));
    }

    static Ports catalog(Ports right, String method, Wrong<Catalog> wrong) {
        return right.withWrongCatalog(Wrong.port(Catalog.class, right.catalog(), Wrong.only(method, wrong)));
    }

    static Ports images(Ports right, String method, Wrong<ReplicaImages> wrong) {
        return right.withImages(Wrong.port(ReplicaImages.class, right.images(), Wrong.only(method, wrong)));
    }

    static Ports host(Ports right, String method, Wrong<RestoreHost> wrong) {
        return right.withRestoreHost(Wrong.port(RestoreHost.class, right.restoreHost(), Wrong.only(method, wrong)));
    }
}
