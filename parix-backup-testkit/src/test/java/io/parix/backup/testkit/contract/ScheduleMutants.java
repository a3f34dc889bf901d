package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.ScheduleAnswer;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Catalogs whose schedules are wrong, each named for what it does and the requirement that it breaks. */
final class ScheduleMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private ScheduleMutants() {}

    static {
        MUTANTS.add("CAT-50 finds a schedule for everybody", right -> new WrongCatalog(right) {
            @Override
            public Optional<ScheduleRecord> schedule(DatabaseId database) {
                return right.schedule(database).or(() -> Optional.of(new ScheduleRecord(database, 1, null, "{}")));
            }
        });
        MUTANTS.add("CAT-51 the last writer wins", right -> new WrongCatalog(right) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                ScheduleRecord next = write.next();
                long version = right.schedule(next.database())
                        .map(ScheduleRecord::version)
                        .orElse(0L);
                return right.write(new ScheduleWrite(
                        new ScheduleRecord(next.database(), version, next.dueAt(), next.payload()),
                        write.job(),
                        write.events()));
            }
        });
        MUTANTS.add("CAT-52 lists the latest due first", right -> new WrongCatalog(right) {
            @Override
            public List<ScheduleRecord> dueSchedules(int limit) {
                List<ScheduleRecord> rows = new ArrayList<>(right.dueSchedules(limit));
                Collections.reverse(rows);
                return rows;
            }
        });
        MUTANTS.add("CAT-52 lists one more than asked for", right -> new WrongCatalog(right) {
            @Override
            public List<ScheduleRecord> dueSchedules(int limit) {
                return right.dueSchedules(limit + 1);
            }
        });
        MUTANTS.add("CAT-52 looks again when the run is due", right -> new WrongCatalog(right) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                ScheduleRecord next = write.next();
                return right.write(new ScheduleWrite(
                        new ScheduleRecord(next.database(), next.version(), next.dueAt(), next.payload()),
                        write.job(),
                        write.events()));
            }
        });
        MUTANTS.add("CAT-52 lists nothing but what is due", right -> new WrongCatalog(right) {
            @Override
            public List<ScheduleRecord> dueSchedules(int limit) {
                Instant now = right.now();
                return right.dueSchedules(limit).stream()
                        .filter(row ->
                                row.lookAgain().filter(at -> !at.isAfter(now)).isPresent())
                        .toList();
            }
        });
        MUTANTS.add("CAT-53 moves the schedule on though the slot is taken", right -> new WrongCatalog(right) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                ScheduleAnswer answer = right.write(write);
                if (answer instanceof ScheduleAnswer.Occupied) {
                    right.write(ScheduleWrite.of(write.next()));
                }
                return answer;
            }
        });
        MUTANTS.add("CAT-53 loses a run's events", right -> new WrongCatalog(right) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                return right.write(new ScheduleWrite(write.next(), write.job(), List.of()));
            }
        });
        MUTANTS.add("CAT-54 makes a schedule over the one that is there", right -> new WrongCatalog(right) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                if (write.next().version() == 0) {
                    right.schedule(write.next().database()).ifPresent(right::unschedule);
                }
                return right.write(write);
            }
        });
        MUTANTS.add("CAT-54 every node that starts a run is told that it did", right -> new WrongCatalog(right) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                ScheduleAnswer answer = right.write(write);
                return answer instanceof ScheduleAnswer.Moved moved && moved.actual() != null && write.job() != null
                        ? new ScheduleAnswer.Written(moved.actual(), write.job().row())
                        : answer;
            }
        });
        MUTANTS.add("CAT-54 forgets a run's key", right -> new WrongCatalog(right) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                return right.write(new ScheduleWrite(
                        write.next(),
                        write.toInsert()
                                .map(job -> CatalogSamples.asked(job.row(), null))
                                .orElse(null),
                        write.events()));
            }
        });
        MUTANTS.add("CAT-55 begins at version 1 again", right -> new WrongCatalog(right) {
            private long skipped;

            @Override
            public Optional<ScheduleRecord> schedule(DatabaseId database) {
                return right.schedule(database).map(row -> shown(row, -skipped));
            }

            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                ScheduleRecord next = write.next();
                ScheduleAnswer answer = right.write(new ScheduleWrite(
                        next.version() == 0 ? next : shown(next, skipped), write.job(), write.events()));
                if (answer instanceof ScheduleAnswer.Written written) {
                    skipped = next.version() == 0 ? written.row().version() - 1 : skipped;
                    return new ScheduleAnswer.Written(shown(written.row(), -skipped), written.job());
                }
                return answer instanceof ScheduleAnswer.Moved moved && moved.actual() != null
                        ? new ScheduleAnswer.Moved(shown(moved.actual(), -skipped))
                        : answer;
            }

            @Override
            public boolean unschedule(ScheduleRecord seen) {
                return right.unschedule(shown(seen, skipped));
            }

            private ScheduleRecord shown(ScheduleRecord row, long by) {
                return new ScheduleRecord(row.database(), row.version() + by, row.dueAt(), row.payload());
            }
        });
        MUTANTS.add("CAT-55 removes whatever version there is", right -> new WrongCatalog(right) {
            @Override
            public boolean unschedule(ScheduleRecord seen) {
                return right.schedule(seen.database()).filter(right::unschedule).isPresent();
            }
        });
        MUTANTS.add(
                "CAT-56 a run whose job is active is told that the slot is taken", right -> new WrongCatalog(right) {
                    @Override
                    public ScheduleAnswer write(ScheduleWrite write) {
                        return write.toInsert()
                                .flatMap(job -> right.find(job.row().id()))
                                .flatMap(row -> right.occupant(row.database()))
                                .<ScheduleAnswer>map(ScheduleAnswer.Occupied::new)
                                .orElseGet(() -> right.write(write));
                    }
                });
        MUTANTS.add("CAT-56 a run that is refused moves the schedule on", right -> new WrongCatalog(right) {
            @Override
            public ScheduleAnswer write(ScheduleWrite write) {
                try {
                    return right.write(write);
                } catch (CatalogConflictException e) {
                    right.write(ScheduleWrite.of(write.next()));
                    throw e;
                }
            }
        });
    }
}
