package io.parix.backup.benchmarks;

/**
 * How large the catalog is, and how often it is measured.
 *
 * @param databases with backups; of each the newest is still waiting
 * @param backups of all of them
 * @param most how many of them the one database with the longest history has
 * @param warmUps repetitions of every query that are not counted
 * @param repetitions repetitions of every query that are
 * @param jobs brought through dispatch in each round
 * @param tasks brought through db-scheduler alone in each round
 * @param rounds of dispatch that are counted, after one that is not
 */
record CatalogSize(
        int databases, int backups, int most, int warmUps, int repetitions, int jobs, int tasks, int rounds) {
    static final CatalogSize FULL = new CatalogSize(100_000, 1_000_000, 400, 300, 600, 300, 1_500, 5);
    static final CatalogSize QUICK = new CatalogSize(300, 3_600, 60, 5, 10, 20, 40, 1);

    /** One waiting job in so many is due: as many as become due within a minute where each does once a day. */
    static final int MINUTES = 1_440;

    /** Refuses what the generator cannot spread. */
    CatalogSize {
        if (backups % most != 0 || backups - most < databases - 1 || databases < 2) {
            throw new IllegalArgumentException(
                    "cannot spread " + backups + " backups, " + most + " of one, over " + databases + " databases");
        }
    }

    /** One backup in so many is of the database with the longest history. */
    int stride() {
        return backups / most;
    }

    /** {@return how many jobs are due} */
    int due() {
        return (others() - 1) / MINUTES + 1;
    }

    /** {@return how many databases there are beside the one with the longest history} */
    int others() {
        return databases - 1;
    }
}
