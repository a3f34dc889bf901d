package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.simulation.WrongPorts.catalog;
import static io.parix.backup.testkit.simulation.WrongPorts.host;
import static io.parix.backup.testkit.simulation.WrongPorts.images;
import static io.parix.backup.testkit.simulation.WrongPorts.store;
import static io.parix.backup.testkit.simulation.WrongPorts.volumes;
import static io.parix.backup.testkit.simulation.WrongPorts.withoutHolds;

import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.ScheduleRecord;
import io.parix.backup.spi.catalog.ScheduleWrite;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.testkit.host.InMemoryHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Defects that the simulation must find: each a port that is wrong in one way. */
enum Planted implements UnaryOperator<Ports> {
    PUT_LOSES_SEGMENTS("A put that is answered before anything is kept.", Invariant.CAN_BE_RESTORED) {
        @Override
        public Ports apply(Ports right) {
            return store(right, "putIfAbsent", (call, store) -> {
                ObjectKey key = call.argument(ObjectKey.class);
                ObjectContent content = call.argument(ObjectContent.class);
                return key.value().endsWith(".seg")
                        ? new StoredObject(key, content.length(), Instant.EPOCH, content.checksums())
                        : call.right();
            });
        }
    },
    MANIFEST_BEFORE_SEGMENTS("A manifest is put before the segments that it names.", Invariant.CAN_BE_RESTORED) {
        @Override
        public Ports apply(Ports right) {
            return ManifestFirst.of(right);
        }
    },
    DELETE_KEEPS("A delete that says done and is not.", Invariant.NOTHING_UNOWNED, Invariant.GOES_IN_THE_END) {
        @Override
        public Ports apply(Ports right) {
            return store(right, "delete", (call, store) -> {
                Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
                for (Object key : call.argument(List.class)) {
                    outcomes.put((ObjectKey) key, new DeleteOutcome.Deleted());
                }
                return outcomes;
            });
        }
    },
    LIST_ENDS_EARLY(
            "A listing that ends after its first object, and says that it is whole.",
            Invariant.NOTHING_UNOWNED,
            Invariant.GOES_IN_THE_END) {
        @Override
        public Ports apply(Ports right) {
            return store(right, "list", (call, store) -> {
                ObjectPage page = call.right(ObjectPage.class);
                return page.objects().size() < 2
                        ? page
                        : new ObjectPage(page.objects().subList(0, 1), false);
            });
        }
    },
    UNSHARED_IS_ALL("All that a backup needs is said to be needed by it alone.", Invariant.NEEDED_IS_KEPT) {
        @Override
        public Ports apply(Ports right) {
            Map<String, List<String>> needed = new LinkedHashMap<>();
            return catalog(
                    catalog(right, "write", (call, catalog) -> {
                        if (call.first() instanceof JobWrite write
                                && !write.segments().isEmpty()) {
                            needed.put(
                                    write.next().id(),
                                    List.copyOf(write.segments().keySet()));
                        }
                        return call.right();
                    }),
                    "unshared",
                    (call, catalog) -> needed.getOrDefault(String.valueOf(call.first()), List.of()));
        }
    },
    SETTING_FORGOTTEN(
            "Nobody ever set how long backups are kept, and no write that rests on that is refused.",
            Invariant.NOT_BEFORE_ITS_TIME,
            Invariant.GOES_IN_THE_END) {
        @Override
        public Ports apply(Ports right) {
            return catalog(
                    catalog(right, "setting", (call, catalog) -> Optional.<SettingRecord>empty()),
                    "write",
                    (call, catalog) -> call.first() instanceof JobWrite write
                            ? catalog.write(write.provided(Set.of()))
                            : call.right());
        }
    },
    SLOT_UNGUARDED("No slot is ever taken.", Invariant.ONE_WORKFLOW) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "insert", (call, catalog) -> {
                var job = call.argument(NewJob.class);
                catalog.occupant(job.row().database())
                        .ifPresent(held -> catalog.release(job.row().database(), held));
                return call.right();
            });
        }
    },
    SLOT_KEPT("What has ended gives no slot back.", Invariant.SLOTS_ARE_GIVEN_BACK) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "write", (call, catalog) -> {
                Object written = call.right();
                if (written instanceof JobRecord row && row.step().equals("completed")) {
                    catalog.acquire(row.database(), new Workflow(WorkflowKind.BACKUP, row.id()));
                }
                return written;
            });
        }
    },
    EVENTS_LOST("The outbox is never read.", Invariant.ENDS_ARE_TOLD) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "undelivered", (call, catalog) -> List.of());
        }
    },
    NOTHING_IS_DUE("Nobody finds what a dead worker left.", Invariant.JOBS_END) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "due", (call, catalog) -> {
                List<JobRecord> due = new ArrayList<>();
                for (Object row : call.right(List.class)) {
                    if (((JobRecord) row).claimed().isEmpty()) {
                        due.add((JobRecord) row);
                    }
                }
                return due;
            });
        }
    },
    IMAGES_KEPT("Images that are released stay.", Invariant.IMAGES_ARE_RELEASED) {
        @Override
        public Ports apply(Ports right) {
            return images(right, "release", (call, images) -> null);
        }
    },
    SWAP_IS_MIXED("Only one replica is swapped.", Invariant.RESTORED_WHOLE) {
        @Override
        public Ports apply(Ports right) {
            return host(right, "swap", (call, host) -> {
                var restore = call.argument(RestoreCall.class);
                var there = (InMemoryHost) right.restoreHost();
                List<byte[]> before = there.files(restore.database());
                Object answer = call.right();
                if (answer instanceof HostAnswer.Done) {
                    List<byte[]> mixed = new ArrayList<>(there.files(restore.database()));
                    mixed.set(0, before.get(0));
                    there.files(restore.database(), mixed);
                }
                return answer;
            });
        }
    },
    SWAP_BACK_FORGETS("Going back brings nothing back.", Invariant.UNDONE_WHOLE) {
        @Override
        public Ports apply(Ports right) {
            return host(right, "swapBack", (call, host) -> HostAnswer.done());
        }
    },
    FENCE_STANDS("A claim that repeats the fence of the one before.", Invariant.FENCES_RISE) {
        @Override
        public Ports apply(Ports right) {
            Map<String, Long> fences = new LinkedHashMap<>();
            return catalog(right, "claim", (call, catalog) -> {
                JobRecord row = call.right(JobRecord.class);
                long fence = fences.computeIfAbsent(
                        row.id(), id -> row.claimed().orElseThrow().fence());
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
                        new Claim(
                                row.claimed().orElseThrow().worker(),
                                fence,
                                row.claimed().orElseThrow().until()),
                        row.strikes(),
                        row.progress(),
                        row.payload());
            });
        }
    },
    LEASE_BY_LOCAL_CLOCK(
            "A worker tells by a clock of its own, and not by the catalog's, that the claim of another one has lapsed.",
            Invariant.CLAIMS_STAND) {
        @Override
        public Ports apply(Ports right) {
            return OwnClock.of(right);
        }
    },
    CLOCK_STANDS(
            "A clock that stands.",
            Invariant.JOBS_END,
            Invariant.RUN_ENDS,
            Invariant.SCHEDULES_GO_ON,
            Invariant.GOES_IN_THE_END,
            Invariant.SHORTENS_LATER,
            Invariant.CHANGES_START_NOTHING,
            Invariant.NOT_BEFORE_ITS_TIME) {
        @Override
        public Ports apply(Ports right) {
            Instant[] first = new Instant[1];
            return catalog(right, "now", (call, catalog) -> {
                first[0] = first[0] == null ? call.right(Instant.class) : first[0];
                return first[0];
            });
        }
    },
    SNAPSHOT_STAYS(
            "A snapshot that is said to be gone and is not.",
            Invariant.GOES_IN_THE_END,
            Invariant.NO_SNAPSHOT_UNOWNED) {
        @Override
        public Ports apply(Ports right) {
            return volumes(right, "delete", (call, volumes) -> new DeleteOutcome.Absent());
        }
    },
    VOLUME_STAYS("A volume that is said to be gone and is not.", Invariant.NO_VOLUME_LEFT) {
        @Override
        public Ports apply(Ports right) {
            return volumes(right, "deleteVolume", (call, volumes) -> new DeleteOutcome.Absent());
        }
    },
    DELETE_TAKES_A_NEIGHBOUR(
            "A delete that takes a segment more than it was told.",
            Invariant.KEPT_CAN_BE_RESTORED,
            Invariant.LAST_IS_KEPT,
            Invariant.CAN_BE_RESTORED) {
        @Override
        public Ports apply(Ports right) {
            return store(right, "delete", (call, store) -> {
                List<?> told = call.argument(List.class);
                CallContext context = call.argument(CallContext.class);
                Object outcomes = call.right();
                String[] segments =
                        told.isEmpty() ? new String[0] : told.get(0).toString().split("/", -1);
                if (segments.length > 2) {
                    KeyPrefix database = new KeyPrefix(segments[0] + "/" + segments[1]);
                    store.list(database, null, context).objects().stream()
                            .map(StoredObject::key)
                            .filter(key -> key.value().endsWith(".seg"))
                            .findFirst()
                            .ifPresent(key -> store.delete(List.of(key), context));
                }
                return outcomes;
            });
        }
    },
    RUN_BEGINS_AGAIN("A run's key is forgotten, and its schedule does not move on.", Invariant.RUNS_ONCE) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "write", (call, catalog) -> {
                if (!(call.first() instanceof ScheduleWrite write)
                        || write.toInsert().isEmpty()) {
                    return call.right();
                }
                NewJob job = write.toInsert().orElseThrow();
                ScheduleRecord next = write.next();
                ScheduleRecord there = catalog.schedule(next.database()).orElse(next);
                return catalog.write(new ScheduleWrite(
                        new ScheduleRecord(next.database(), next.version(), there.dueAt(), there.payload()),
                        new NewJob(job.row(), null, job.event()),
                        write.events()));
            });
        }
    },
    ENDED_STAYS_CLAIMED("What has ended is claimed once more.", Invariant.ENDED_IS_FREE) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "write", (call, catalog) -> {
                Object written = call.right();
                if (written instanceof JobRecord row
                        && row.kind() == JobKind.RESTORE
                        && row.status().ended()) {
                    catalog.claim(row, "nobody", Duration.ofDays(1));
                }
                return written;
            });
        }
    },
    HISTORY_THROWS("The history is refused by an error that nobody documents.", Invariant.THROWS_WHAT_IT_DOCUMENTS) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "history", (call, catalog) -> {
                throw new UnsupportedOperationException("no history");
            });
        }
    },
    REMOVE_TAKES_A_NEIGHBOUR(
            "A row is removed with another one.", Invariant.KEPT_IS_KNOWN, Invariant.NO_SNAPSHOT_UNOWNED) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "remove", (call, catalog) -> {
                Object answer = call.right();
                JobRecord row = call.argument(JobRecord.class);
                catalog.history(HistoryQuery.newest(row.database(), JobKind.BACKUP, 100)).stream()
                        .filter(other -> other.status() == JobStatus.COMPLETED)
                        .findFirst()
                        .ifPresent(other -> catalog.remove(other, List.of()));
                return answer;
            });
        }
    },
    HOLD_FORGOTTEN("A row is read without the hold that it was written with.", Invariant.HELD_IS_KEPT) {
        @Override
        public Ports apply(Ports right) {
            return catalog(
                    catalog(right, "find", (call, catalog) -> withoutHolds(call.right())),
                    "history",
                    (call, catalog) -> withoutHolds(call.right()));
        }
    },
    OPEN_DOES_NOTHING("A database is said to be open and is not.", Invariant.SERVES_IN_THE_END) {
        @Override
        public Ports apply(Ports right) {
            return host(right, "open", (call, host) -> HostAnswer.done());
        }
    },
    NO_RUN_IS_DUE("No schedule is ever due.", Invariant.SCHEDULES_GO_ON) {
        @Override
        public Ports apply(Ports right) {
            return catalog(right, "dueSchedules", (call, catalog) -> List.of());
        }
    },
    IMAGES_OF_ANOTHER_TIME("Images of another time than they are said to be of.", Invariant.HOLDS_ITS_IMAGES) {
        @Override
        public Ports apply(Ports right) {
            InMemoryHost there = (InMemoryHost) right.restoreHost();
            return images(right, "capture", (call, images) -> {
                DatabaseId database = call.argument(Attempt.class).database();
                List<byte[]> live = there.files(database);
                there.files(
                        database,
                        Ledgers.files(Integer.parseInt(database.value().substring(3)), 5));
                Object answer = call.right();
                there.files(database, live);
                return answer;
            });
        }
    };

    private final String words;
    private final String breaks;

    Planted(String words, Invariant... breaks) {
        this.words = words;
        this.breaks = Arrays.stream(breaks).map(Invariant::name).collect(Collectors.joining(" "));
    }

    /** What is wrong, in words. */
    String words() {
        return words;
    }

    /** The invariant that it must be found by, and then those that may break before that one in the same way. */
    List<Invariant> breaks() {
        return Arrays.stream(breaks.split(" ", -1)).map(Invariant::valueOf).toList();
    }
}
