package io.parix.backup.testkit.simulation;

import io.parix.backup.DatabaseId;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.NewJob;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.testkit.host.InMemoryHost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Defects that the simulation must find: each a port that is wrong in one way. */
enum Planted implements UnaryOperator<Parts> {
    /** A put that is answered before anything is kept. */
    PUT_LOSES_SEGMENTS("a completed backup can be restored") {
        @Override
        public Parts apply(Parts right) {
            return store(right, "putIfAbsent", (call, store) -> {
                ObjectKey key = (ObjectKey) call.args()[0];
                ObjectContent content = (ObjectContent) call.args()[1];
                return key.value().endsWith(".seg")
                        ? new StoredObject(key, content.length(), World.BEGIN, content.checksums())
                        : call.right();
            });
        }
    },
    /** A delete that says done and is not. */
    DELETE_KEEPS("nothing is left that no backup needs") {
        @Override
        public Parts apply(Parts right) {
            return store(right, "delete", (call, store) -> {
                Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
                for (Object key : (List<?>) call.args()[0]) {
                    outcomes.put((ObjectKey) key, new DeleteOutcome.Deleted());
                }
                return outcomes;
            });
        }
    },
    /** A listing without its last object. */
    LIST_LOSES_THE_LAST("nothing is left that no backup needs") {
        @Override
        public Parts apply(Parts right) {
            return store(right, "list", (call, store) -> {
                ObjectPage page = (ObjectPage) call.right();
                int size = page.objects().size();
                return size < 2 ? page : new ObjectPage(page.objects().subList(0, size - 1), page.more());
            });
        }
    },
    /** All that a backup needs is said to be needed by it alone. */
    UNSHARED_IS_ALL("nothing that a kept backup needs is ever deleted") {
        @Override
        public Parts apply(Parts right) {
            Map<String, List<String>> needed = new LinkedHashMap<>();
            return catalog(
                    catalog(right, "write", (call, catalog) -> {
                        if (call.args()[0] instanceof JobWrite write
                                && !write.segments().isEmpty()) {
                            needed.put(
                                    write.next().id(),
                                    List.copyOf(write.segments().keySet()));
                        }
                        return call.right();
                    }),
                    "unshared",
                    (call, catalog) -> needed.getOrDefault(String.valueOf(call.args()[0]), List.of()));
        }
    },
    /** Nobody ever set how long backups are kept. */
    SETTING_FORGOTTEN("no backup is removed before its time") {
        @Override
        public Parts apply(Parts right) {
            return catalog(right, "setting", (call, catalog) -> Optional.<SettingRecord>empty());
        }
    },
    /** No slot is ever taken. */
    SLOT_UNGUARDED("at most one workflow is active per database") {
        @Override
        public Parts apply(Parts right) {
            return catalog(right, "insert", (call, catalog) -> {
                var job = (NewJob) call.args()[0];
                catalog.occupant(job.row().database())
                        .ifPresent(held -> catalog.release(job.row().database(), held));
                return call.right();
            });
        }
    },
    /** What has ended gives no slot back. */
    SLOT_KEPT("every slot is given back") {
        @Override
        public Parts apply(Parts right) {
            return catalog(right, "write", (call, catalog) -> {
                Object written = call.right();
                if (written instanceof JobRecord row && row.step().equals("completed")) {
                    catalog.acquire(row.database(), new Workflow(WorkflowKind.BACKUP, row.id()));
                }
                return written;
            });
        }
    },
    /** The outbox is never read. */
    EVENTS_LOST("every end is told") {
        @Override
        public Parts apply(Parts right) {
            return catalog(right, "undelivered", (call, catalog) -> List.of());
        }
    },
    /** Nobody finds what a dead worker left. */
    NOTHING_IS_DUE("every job ends") {
        @Override
        public Parts apply(Parts right) {
            return catalog(right, "due", (call, catalog) -> {
                List<JobRecord> due = new ArrayList<>();
                for (Object row : (List<?>) call.right()) {
                    if (((JobRecord) row).claimed().isEmpty()) {
                        due.add((JobRecord) row);
                    }
                }
                return due;
            });
        }
    },
    /** Images that are released stay. */
    IMAGES_KEPT("every image is released") {
        @Override
        public Parts apply(Parts right) {
            return images(right, "release", (call, images) -> null);
        }
    },
    /** Only one replica is swapped. */
    SWAP_IS_MIXED("a restore puts back what was backed up, whole or not at all") {
        @Override
        public Parts apply(Parts right) {
            return host(right, "swap", (call, host) -> {
                var restore = (RestoreCall) call.args()[0];
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
    /** Going back brings nothing back. */
    SWAP_BACK_FORGETS("a restore that goes back leaves what was there") {
        @Override
        public Parts apply(Parts right) {
            return host(right, "swapBack", (call, host) -> HostAnswer.done());
        }
    },
    /** A claim that repeats the fence of the one before. */
    FENCE_STANDS("every claim has a higher fence") {
        @Override
        public Parts apply(Parts right) {
            Map<String, Long> fences = new LinkedHashMap<>();
            return catalog(right, "claim", (call, catalog) -> {
                JobRecord row = (JobRecord) call.right();
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
    /** A clock that stands. */
    CLOCK_STANDS("every run ends", "every job ends", "what goes is gone in the end") {
        @Override
        public Parts apply(Parts right) {
            Instant[] first = new Instant[1];
            return catalog(right, "now", (call, catalog) -> {
                first[0] = first[0] == null ? (Instant) call.right() : first[0];
                return first[0];
            });
        }
    },
    /** A snapshot that is said to be gone and is not. */
    SNAPSHOT_STAYS("what goes is gone in the end", "no snapshot is left that no backup owns") {
        @Override
        public Parts apply(Parts right) {
            return session(right, (call, session) -> {
                if (!call.name().equals("snapshots")) {
                    return call.right();
                }
                return ((Optional<?>) call.right())
                        .map(there -> wrong(
                                VolumeSnapshots.class,
                                (VolumeSnapshots) there,
                                only("delete", (each, volumes) -> new DeleteOutcome.Absent())));
            });
        }
    },
    /** Images of another time than they are said to be of. */
    IMAGES_OF_ANOTHER_TIME("a completed backup holds, byte for byte, what its images held") {
        @Override
        public Parts apply(Parts right) {
            InMemoryHost there = (InMemoryHost) right.restoreHost();
            return images(right, "capture", (call, images) -> {
                DatabaseId database = ((Attempt) call.args()[0]).database();
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

    private final List<String> breaks;

    Planted(String... breaks) {
        this.breaks = List.of(breaks);
    }

    /** The invariants one of which it must be found by. */
    List<String> breaks() {
        return breaks;
    }

    private static Parts store(Parts right, String method, Wrong<ObjectStore> wrong) {
        return session(
                right,
                (call, session) -> call.name().equals("objects")
                        ? wrong(ObjectStore.class, (ObjectStore) call.right(), only(method, wrong))
                        : call.right());
    }

    private static Parts session(Parts right, Wrong<ProviderSession> wrong) {
        BackupProvider provider = wrong(
                BackupProvider.class,
                right.provider(),
                (call, there) -> call.name().equals("open")
                        ? wrong(ProviderSession.class, (ProviderSession) call.right(), wrong)
                        : call.right());
        return new Parts(
                right.catalog(),
                provider,
                right.location(),
                right.directory(),
                right.images(),
                right.volumes(),
                right.restoreHost());
    }

    private static Parts catalog(Parts right, String method, Wrong<Catalog> wrong) {
        return new Parts(
                wrong(Catalog.class, right.catalog(), only(method, wrong)),
                right.provider(),
                right.location(),
                right.directory(),
                right.images(),
                right.volumes(),
                right.restoreHost());
    }

    private static Parts images(Parts right, String method, Wrong<ReplicaImages> wrong) {
        return new Parts(
                right.catalog(),
                right.provider(),
                right.location(),
                right.directory(),
                wrong(ReplicaImages.class, right.images(), only(method, wrong)),
                right.volumes(),
                right.restoreHost());
    }

    private static Parts host(Parts right, String method, Wrong<RestoreHost> wrong) {
        return new Parts(
                right.catalog(),
                right.provider(),
                right.location(),
                right.directory(),
                right.images(),
                right.volumes(),
                wrong(RestoreHost.class, right.restoreHost(), only(method, wrong)));
    }

    private static <T> Wrong<T> only(String method, Wrong<T> wrong) {
        return (call, right) -> call.name().equals(method) ? wrong.of(call, right) : call.right();
    }

    private static <T> T wrong(Class<T> type, T right, Wrong<T> wrong) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> wrong.of(
                        new Wrong.Call(method.getName(), args == null ? new Object[0] : args, () -> {
                            try {
                                return method.invoke(right, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }),
                        right));
        return type.cast(proxy);
    }

    /** What a wrong port does in place of the right one. */
    interface Wrong<T> {
        @Nullable
        Object of(Call call, T right) throws Throwable;

        interface Right {
            @Nullable
            Object answer() throws Throwable;
        }

        record Call(String name, Object[] args, Right then) {
            @Nullable
            Object right() throws Throwable {
                return then.answer();
            }
        }
    }
}
