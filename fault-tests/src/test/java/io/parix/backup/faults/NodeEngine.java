package io.parix.backup.faults;

import io.parix.backup.ByteSize;
import io.parix.backup.catalog.jdbc.DispatchSettings;
import io.parix.backup.catalog.jdbc.JdbcDispatcher;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.ParixBackupBuilder;
import io.parix.backup.engine.settings.EngineSettings;
import java.time.Duration;
import java.util.Set;

/** The engine of a round, with every wait as short as it may be. */
final class NodeEngine {
    private static final Duration OFTEN = Duration.ofMillis(50);

    private NodeEngine() {}

    static ParixBackupBuilder of(RoundFolder folder, CatalogPlace place, NodeHost host, Probes probes) {
        return ParixBackup.builder()
                .catalog(probes.catalog(place.catalog()))
                .dispatcher(new JdbcDispatcher(place.catalog(), dispatch()))
                .directory(host)
                .images(host)
                .restoreHost(host.restores())
                .provider(probes.provider())
                .storage(Probes.location(folder))
                .settings(settings(folder));
    }

    /** An engine that works on nothing, to look at what others have done. */
    static ParixBackup observer(RoundFolder folder, CatalogPlace place) {
        Announcer nobody = new Announcer(System.out);
        return of(folder, place, new NodeHost(folder, nobody), new Probes(nobody, () -> {}, () -> true))
                .regions(Set.of("nowhere"))
                .build()
                .start();
    }

    private static DispatchSettings dispatch() {
        return DispatchSettings.builder()
                .workers(3)
                .pollEvery(OFTEN.multipliedBy(3))
                .tickEvery(OFTEN.multipliedBy(8))
                .deadAfter(Duration.ofSeconds(4))
                .build();
    }

    /** A lease shorter than a process may be starved of its processor would be lost by the living. */
    private static EngineSettings settings(RoundFolder folder) {
        return EngineSettings.builder()
                .segmentSize(ByteSize.mebibytes(1))
                .transferWorkers(1)
                .captures(2)
                .firstBackoff(OFTEN)
                .lease(Duration.ofSeconds(4))
                .spool(folder.spool())
                .build();
    }
}
