package io.parix.backup.benchmarks;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/** The catalog's queries and, in turn with them, a bare look-up of one row by its primary key on the same pool. */
final class QueryBars {
    private static final int PAGE = 50;
    private static final int MOST_DUE = 1_000;

    private final DataSource pool;
    private final Catalog catalog;
    private final CatalogSize size;
    private final Random random = new Random(3);
    private final List<JobRecord> longest;

    QueryBars(DataSource pool, Catalog catalog, CatalogSize size) {
        this.pool = pool;
        this.catalog = catalog;
        this.size = size;
        this.longest = catalog.history(all());
    }

    /** A query, which answers how many rows it has read. */
    private interface Query {
        int run() throws SQLException;
    }

    /** A query and its times. */
    private record Timed(Query query, int rows, List<Double> seconds) {
        void run(boolean counts) throws SQLException {
            long began = System.nanoTime();
            int read = query.run();
            double took = (System.nanoTime() - began) / 1e9;
            if (read != rows) {
                throw new IllegalStateException("Cannot measure: " + read + " rows were read in place of " + rows);
            }
            if (counts) {
                seconds.add(took);
            }
        }

        double median() {
            return Figures.median(seconds.stream().mapToDouble(each -> each).toArray());
        }
    }

    List<CatalogBar.Measured> measure() throws SQLException {
        Timed baseline = timed(this::byKey, 1);
        Timed page = timed(this::page, PAGE);
        Timed due = timed(() -> catalog.due(DueQuery.everywhere(MOST_DUE)).size(), size.due() + 1);
        Timed schedules = timed(() -> catalog.dueSchedules(MOST_DUE).size(), size.due());
        Timed every = timed(() -> catalog.history(all()).size(), size.most());
        for (int n = 0; n < size.warmUps() + size.repetitions(); n++) {
            for (Timed each : List.of(baseline, page, schedules, due, every)) {
                each.run(n >= size.warmUps());
            }
        }
        Timed counting = timed(this::countJobs, 1);
        Timed gauges = timed(this::gauges, size.others());
        for (int n = 0; n < 2 + size.repetitions() / 30; n++) {
            counting.run(n > 0);
            gauges.run(n > 0);
        }
        double bare = baseline.median();
        return List.of(
                CatalogBar.HISTORY_PAGE.of(page.median(), bare),
                CatalogBar.DUE_SCHEDULES.of(schedules.median(), bare),
                CatalogBar.DUE_JOBS.of(due.median(), bare),
                CatalogBar.ALL_OF_ONE.of(every.median(), bare),
                CatalogBar.GAUGES.of(gauges.median(), counting.median()));
    }

    /** One aggregate over every job, for which no index is enough. */
    private int countJobs() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*), max(attempt) from parix_job");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() && rows.getInt(1) >= size.backups() ? 1 : 0;
        }
    }

    private int gauges() {
        return Math.toIntExact(catalog.gauges(Duration.ofDays(2)).fleet().scheduled());
    }

    private static Timed timed(Query query, int rows) {
        return new Timed(query, rows, new ArrayList<>());
    }

    private int byKey() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("select * from parix_job where id = ?")) {
            statement.setString(1, CatalogFill.backup(1 + random.nextInt(size.backups())));
            try (ResultSet rows = statement.executeQuery()) {
                int found = 0;
                while (rows.next()) {
                    found += rows.getString("payload").isEmpty() ? 0 : 1;
                }
                return found;
            }
        }
    }

    /** A page from anywhere in the history, by a range of time or by the last row of the page before. */
    private int page() {
        JobRecord before = longest.get(random.nextInt(longest.size() - PAGE));
        HistoryQuery newest = HistoryQuery.newest(CatalogFill.LONGEST, JobKind.BACKUP, PAGE);
        HistoryQuery query = random.nextBoolean()
                ? newest.after(before)
                : newest.within(new HistoryQuery.Range(null, before.requestedAt()));
        return catalog.history(query).size();
    }

    private HistoryQuery all() {
        return HistoryQuery.newest(CatalogFill.LONGEST, JobKind.BACKUP, size.most());
    }
}
