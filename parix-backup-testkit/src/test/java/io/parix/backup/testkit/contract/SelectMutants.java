package io.parix.backup.testkit.contract;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.ScheduleRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Catalogs that select the wrong jobs or databases, or however many they are asked for. */
final class SelectMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();
    private static final int MOST = 1_000;

    private SelectMutants() {}

    /** How a look-up of several goes wrong. */
    interface Find {
        List<JobRecord> find(Catalog right, Set<String> ids);
    }

    /** How a history goes wrong. */
    interface History {
        List<JobRecord> history(Catalog right, HistoryQuery query);
    }

    /** How a list of databases goes wrong. */
    interface Databases {
        List<DatabaseId> databases(Catalog right, @Nullable DatabaseId after, int limit);
    }

    private static void find(String name, Find wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public List<JobRecord> find(Set<String> ids) {
                return wrong.find(right, ids);
            }
        });
    }

    private static void history(String name, History wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public List<JobRecord> history(HistoryQuery query) {
                return wrong.history(right, query);
            }
        });
    }

    private static void databases(String name, Databases wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public List<DatabaseId> databases(@Nullable DatabaseId after, int limit) {
                return wrong.databases(right, after, limit);
            }
        });
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static HistoryQuery ofAnyStatus(HistoryQuery query) {
        HistoryQuery.Jobs jobs =
                new HistoryQuery.Jobs(query.jobs().database(), query.jobs().kind(), null);
        return new HistoryQuery(jobs, query.range(), query.after(), query.limit());
    }

    static {
        find(
                "CAT-63 finds jobs that hold their slot only",
                (right, ids) -> right.find(ids).stream()
                        .filter(row -> row.kind().workflow().isPresent())
                        .toList());
        find("CAT-63 finds in another order", (right, ids) -> reversed(right.find(ids)));
        find(
                "CAT-63 finds the first thousand of any number",
                (right, ids) ->
                        right.find(new TreeSet<>(ids).stream().limit(MOST).collect(Collectors.toSet())));
        find(
                "CAT-63 looks up at most a hundred",
                (right, ids) ->
                        right.find(new TreeSet<>(ids).stream().limit(100).collect(Collectors.toSet())));
        history("CAT-64 the status is ignored", (right, query) -> right.history(ofAnyStatus(query)));
        history(
                "CAT-64 the status is forgotten after the first page",
                (right, query) -> right.history(query.after() == null ? query : ofAnyStatus(query)));
        history(
                "CAT-64 rows are counted before the status is looked at",
                (right, query) -> right.history(ofAnyStatus(query)).stream()
                        .filter(query.jobs()::hold)
                        .toList());
        MUTANTS.add("CAT-65 kinds are ignored", catalog -> new WrongCatalog(catalog) {
            @Override
            public List<JobRecord> due(DueQuery query) {
                return right.due(new DueQuery(query.regions(), Set.of(), query.limit()));
            }
        });
        MUTANTS.add("CAT-65 no kind is every one that takes a slot", catalog -> new WrongCatalog(catalog) {
            @Override
            public List<JobRecord> due(DueQuery query) {
                return right.due(query).stream()
                        .filter(row -> !query.kinds().isEmpty()
                                || row.kind().workflow().isPresent())
                        .toList();
            }
        });
        MUTANTS.add("CAT-65 rows are counted before the kind is looked at", catalog -> new WrongCatalog(catalog) {
            @Override
            public List<JobRecord> due(DueQuery query) {
                return right.due(new DueQuery(query.regions(), Set.of(), query.limit())).stream()
                        .filter(query::holds)
                        .toList();
            }
        });
        MUTANTS.add("CAT-84 lists nothing but what is due", catalog -> new WrongCatalog(catalog) {
            @Override
            public List<JobRecord> due(DueQuery query) {
                return right.due(new DueQuery(query.regions(), query.kinds(), query.limit()));
            }
        });
        databases(
                "CAT-70 every page is the first",
                (right, after, limit) -> after == null || limit > 1
                        ? right.databases(null, limit).stream()
                                .filter(each -> after == null || each.value().compareTo(after.value()) > 0)
                                .toList()
                        : right.databases(after, limit));
        databases(
                "CAT-70 databases are in the order of a dictionary",
                (right, after, limit) -> right.databases(null, MOST).stream()
                        .sorted((one, other) -> one.value().compareToIgnoreCase(other.value()))
                        .filter(each -> after == null || each.value().compareToIgnoreCase(after.value()) > 0)
                        .limit(limit)
                        .toList());
        databases(
                "CAT-70 databases without a backup are left out",
                (right, after, limit) -> right.databases(after, limit).stream()
                        .filter(each -> !right.history(HistoryQuery.newest(each, JobKind.BACKUP, 1))
                                .isEmpty())
                        .toList());
        limits();
    }

    private static int near(int limit) {
        return Math.max(1, Math.min(MOST, limit));
    }

    private static void limits() {
        MUTANTS.add("CAT-73 any number of due schedules is listed", catalog -> new WrongCatalog(catalog) {
            @Override
            public List<ScheduleRecord> dueSchedules(int limit) {
                return right.dueSchedules(near(limit));
            }
        });
        MUTANTS.add("CAT-73 any number of events is listed", catalog -> new WrongCatalog(catalog) {
            @Override
            public List<BackupEvent> undelivered(int limit) {
                return right.undelivered(near(limit));
            }
        });
        databases(
                "CAT-73 any number of databases is listed",
                (right, after, limit) -> right.databases(after, near(limit)));
        MUTANTS.add("CAT-73 any number of backups is taken up", catalog -> new WrongCatalog(catalog) {
            @Override
            public Set<String> adopt(List<AdoptedJob> jobs) {
                return right.adopt(jobs.subList(0, Math.min(jobs.size(), MOST)));
            }
        });
    }
}
