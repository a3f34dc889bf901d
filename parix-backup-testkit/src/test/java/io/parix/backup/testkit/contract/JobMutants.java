package io.parix.backup.testkit.contract;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Catalogs that are wrong about what they write and what they list. */
final class JobMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private JobMutants() {}

    /** How a write goes wrong. */
    interface Write {
        JobRecord write(Catalog right, JobWrite write);
    }

    /** How a list of what is due goes wrong. */
    interface Due {
        List<JobRecord> due(Catalog right, DueQuery query);
    }

    /** How a history goes wrong. */
    interface History {
        List<JobRecord> history(Catalog right, HistoryQuery query);
    }

    private static void write(String name, Write wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord write(JobWrite write) {
                return wrong.write(right, write);
            }
        });
    }

    private static void due(String name, Due wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public List<JobRecord> due(DueQuery query) {
                return wrong.due(right, query);
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

    static {
        write("CAT-16 the last write wins", (right, write) -> {
            try {
                return right.write(write);
            } catch (CatalogConflictException e) {
                JobRecord there = e.actual().orElseThrow();
                JobRecord lost = there.moved(
                        write.next().status(),
                        write.next().step(),
                        write.next().payload(),
                        write.next().lookAgainAt());
                return right.write(new JobWrite(lost, write.events(), write.segments()));
            }
        });
        write("CAT-16 a conflict does not say what is there", (right, write) -> {
            try {
                return right.write(write);
            } catch (CatalogConflictException e) {
                throw new CatalogConflictException(
                        write.next().id(), write.next().version(), null);
            }
        });
        write("CAT-17 a payload is cut off at 64 KiB", (right, write) -> {
            JobRecord next = write.next();
            String payload = next.payload().substring(0, Math.min(next.payload().length(), 1 << 16));
            JobRecord cut = next.moved(next.status(), next.step(), payload, next.lookAgainAt());
            return right.write(new JobWrite(cut, write.events(), write.segments()));
        });
        write("CAT-17 strikes and waits are not written", (right, write) -> {
            JobRecord next = write.next();
            JobRecord without = next.moved(next.status(), next.step(), next.payload(), next.lookAgainAt());
            return right.write(new JobWrite(without, write.events(), write.segments()));
        });
        due("CAT-20 the newest due comes first", (right, query) -> {
            List<JobRecord> rows = new ArrayList<>(right.due(query));
            Collections.reverse(rows);
            return rows;
        });
        due(
                "CAT-20 the limit is not kept",
                (right, query) -> right.due(new DueQuery(query.regions(), query.kinds(), 1_000)));
        due(
                "CAT-20 what has ended is never due",
                (right, query) -> right.due(query).stream()
                        .filter(row -> !row.status().ended())
                        .toList());
        due(
                "CAT-20 what was claimed once is never due",
                (right, query) -> right.due(query).stream()
                        .filter(row -> row.claim() == null)
                        .toList());
        due("CAT-21 regions are ignored", (right, query) -> right.due(DueQuery.everywhere(query.limit())));
        due(
                "CAT-21 only the first region is looked at",
                (right, query) -> right.due(new DueQuery(
                        Set.copyOf(query.regions().stream().limit(1).toList()), query.kinds(), query.limit())));
        history("CAT-22 a page begins after all ties of the last row", (right, query) -> {
            HistoryQuery.Position after = query.after();
            Instant tie = after == null ? Instant.MAX : after.requestedAt();
            return right.history(query).stream()
                    .filter(row -> row.requestedAt().isBefore(tie))
                    .toList();
        });
        history(
                "CAT-22 ids are ordered as people order them",
                (right, query) -> right.history(query).stream()
                        .sorted((a, b) -> {
                            int byTime = b.requestedAt().compareTo(a.requestedAt());
                            return byTime != 0 ? byTime : b.id().compareToIgnoreCase(a.id());
                        })
                        .toList());
        history("CAT-23 a range holds its last instant", (right, query) -> {
            Instant to = query.range().to();
            HistoryQuery.Range longer =
                    new HistoryQuery.Range(query.range().from(), to == null ? null : to.plusNanos(1_000));
            return right.history(new HistoryQuery(query.jobs(), longer, query.after(), query.limit()));
        });
        history(
                "CAT-23 a range is forgotten on the second page",
                (right, query) -> right.history(
                        query.after() == null
                                ? query
                                : new HistoryQuery(
                                        query.jobs(), HistoryQuery.Range.ALWAYS, query.after(), query.limit())));
        history(
                "CAT-24 history mixes kinds",
                (right, query) -> Stream.of(JobKind.values())
                        .flatMap(kind -> right
                                .history(new HistoryQuery(
                                        new HistoryQuery.Jobs(
                                                query.jobs().database(),
                                                kind,
                                                query.jobs().status()),
                                        query.range(),
                                        query.after(),
                                        query.limit()))
                                .stream())
                        .toList());
        write(
                "CAT-30 events of writes are lost",
                (right, write) -> right.write(new JobWrite(write.next(), List.of(), write.segments())));
        MUTANTS.add("CAT-30 the newest event leaves first", catalog -> new WrongCatalog(catalog) {
            @Override
            public List<BackupEvent> undelivered(int limit) {
                List<BackupEvent> events = new ArrayList<>(right.undelivered(1_000));
                Collections.reverse(events);
                return events.stream().limit(limit).toList();
            }
        });
        MUTANTS.add("CAT-30 taking one event off takes all before it", catalog -> new WrongCatalog(catalog) {
            @Override
            public void delivered(String event) {
                List<BackupEvent> waiting = right.undelivered(1_000);
                int at = waiting.stream().map(BackupEvent::id).toList().indexOf(event);
                waiting.subList(0, at + 1).forEach(each -> right.delivered(each.id()));
            }
        });
        write(
                "CAT-31 segments are not recorded",
                (right, write) -> right.write(new JobWrite(write.next(), write.events(), Map.of())));
        MUTANTS.add("CAT-31 segments of every database count", catalog -> new WrongCatalog(catalog) {
            @Override
            public List<String> needing(DatabaseId database, String segment) {
                return Stream.of(CatalogSamples.DB, CatalogSamples.OTHER)
                        .flatMap(each -> right.needing(each, segment).stream())
                        .sorted()
                        .toList();
            }
        });
        write(
                "CAT-31 the end of a job replaces its segments",
                (right, write) -> write.next().status().ended()
                        ? right.write(new JobWrite(write.next(), write.events(), Map.of("none", 1L)))
                        : right.write(write));
    }
}
