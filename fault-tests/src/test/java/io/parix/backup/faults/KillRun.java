package io.parix.backup.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Kills processes on one or both kinds of databases, the lanes side by side. */
final class KillRun {
    private final Path folder;
    private final int kills;
    private final long seed;

    /**
     * A run.
     *
     * @param folder where everything lies; what failed stays there
     * @param kills how many in all
     * @param seed what the moments and delays are drawn from
     */
    KillRun(Path folder, int kills, long seed) {
        this.folder = folder;
        this.kills = kills;
        this.seed = seed;
    }

    /** {@return what each lane did; a lane that found something wrong is an exception that names its folder} */
    Map<Database, Tally> on(Set<Database> databases) throws Exception {
        RoundFolder.makeImages(Files.createDirectories(folder));
        Map<Database, Tally> tallies = databases.contains(Database.POSTGRESQL)
                ? withPostgres(databases)
                : run(databases, (database, round) -> Database.h2In(round));
        Lane.remove(folder);
        return tallies;
    }

    private Map<Database, Tally> withPostgres(Set<Database> databases) throws Exception {
        try (Postgres postgres = Postgres.in(folder)) {
            return run(
                    databases,
                    (database, round) -> database == Database.H2 ? Database.h2In(round) : postgres.emptyUrl());
        }
    }

    private interface Places {
        String empty(Database database, Path round) throws Exception;
    }

    private Map<Database, Tally> run(Set<Database> databases, Places places) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(databases.size());
        try {
            Map<Database, Future<Tally>> lanes = new LinkedHashMap<>();
            int rest = kills;
            int left = databases.size();
            for (Database database : EnumSet.copyOf(databases)) {
                int mine = (rest + left - 1) / left;
                rest -= mine;
                left--;
                lanes.put(database, threads.submit(lane(database, mine, places)));
            }
            return tallies(lanes);
        } finally {
            threads.shutdownNow();
        }
    }

    private Lane lane(Database database, int mine, Places places) throws IOException {
        Path own = Files.createDirectories(folder.resolve(database.name()));
        return new Lane(own, new Lane.Order(database, mine, seed), round -> places.empty(database, round));
    }

    private static Map<Database, Tally> tallies(Map<Database, Future<Tally>> lanes) throws Exception {
        Map<Database, Tally> tallies = new EnumMap<>(Database.class);
        for (Map.Entry<Database, Future<Tally>> lane : lanes.entrySet()) {
            try {
                tallies.put(lane.getKey(), lane.getValue().get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        return tallies;
    }
}
