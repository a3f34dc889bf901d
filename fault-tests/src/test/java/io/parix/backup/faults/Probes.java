package io.parix.backup.faults;

import io.parix.backup.core.job.BackupStep;
import io.parix.backup.provider.local.LocalProvider;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The ports of a process, with the moments announced that pass through them. */
final class Probes {
    /** Another name than the provider's own, for the engine finds that one by itself. */
    static final String PROVIDER = "watched";

    private final Announcer announcer;
    private final Runnable onSegment;
    private final BooleanSupplier finishing;

    /**
     * Announces nothing yet.
     *
     * @param announcer who is told
     * @param onSegment what else happens when a segment of a restless database is stored
     * @param finishing whether nothing new is asked for
     */
    Probes(Announcer announcer, Runnable onSegment, BooleanSupplier finishing) {
        this.announcer = announcer;
        this.onSegment = onSegment;
        this.finishing = finishing;
    }

    static StorageLocation location(RoundFolder folder) {
        StorageLocation local = folder.location();
        return new StorageLocation(PROVIDER, local.settings(), local.prefix());
    }

    Catalog catalog(Catalog right) {
        FlyingTime time = new FlyingTime(right, finishing);
        return Around.of(Catalog.class, right, (method, arguments, call) -> {
            if (method.equals("write") && arguments[0] instanceof JobWrite write) {
                arguments[0] = time.write(write);
            } else if (method.equals("remove") && arguments[0] instanceof JobRecord row) {
                announce(row, BackupStep.EXPIRING, Moment.BEFORE_ROW_GOES);
            }
            Object answer = call.go();
            if (method.equals("write") && arguments[0] instanceof JobWrite write) {
                announce(write.next(), BackupStep.CAPTURING, Moment.AFTER_INTENT);
                announce(write.next(), BackupStep.EXPIRING, Moment.AFTER_EXPIRING);
            }
            return answer;
        });
    }

    private void announce(JobRecord row, BackupStep step, Moment moment) {
        if (row.kind() == JobKind.BACKUP && row.step().equals(step.code())) {
            announcer.at(moment, row.database().value());
        }
    }

    BackupProvider provider() {
        return Around.of(BackupProvider.class, new LocalProvider(), (method, arguments, call) -> switch (method) {
            case "id" -> PROVIDER;
            case "open" -> session(call.go());
            default -> call.go();
        });
    }

    private ProviderSession session(@Nullable Object right) {
        return Around.of(
                ProviderSession.class, (ProviderSession) Objects.requireNonNull(right), (method, arguments, call) -> {
                    Object answer = call.go();
                    return answer instanceof ObjectStore store ? store(store) : answer;
                });
    }

    private ObjectStore store(ObjectStore right) {
        return Around.of(ObjectStore.class, right, (method, arguments, call) -> switch (method) {
            case "putIfAbsent" -> put(((ObjectKey) arguments[0]).value(), call);
            case "delete" -> delete(right, arguments, call);
            default -> call.go();
        });
    }

    private @Nullable Object put(String key, Around.Call call) throws Throwable {
        boolean manifest = key.endsWith("/manifest.json");
        if (manifest) {
            announcer.at(Moment.BEFORE_MANIFEST, databaseOf(key));
        }
        Object answer = call.go();
        if (manifest) {
            announcer.at(Moment.AFTER_MANIFEST, databaseOf(key));
        } else if (key.contains("/segments/")) {
            stored(key);
        }
        return answer;
    }

    private void stored(String key) {
        String database = databaseOf(key);
        if (Moment.Kind.of(database) == Moment.Kind.RESTLESS) {
            onSegment.run();
        }
        announcer.at(Moment.AFTER_SEGMENT, database);
    }

    /** One by one, so that a process can die with some deleted and some not. */
    private @Nullable Object delete(ObjectStore right, Object[] arguments, Around.Call call) throws Throwable {
        List<?> keys = (List<?>) arguments[0];
        CallContext context = (CallContext) arguments[1];
        if (context.purpose() == CallContext.Purpose.SWEEP) {
            ObjectKey first = (ObjectKey) keys.get(0);
            right.delete(List.of(first), context);
            String database = databaseOf(first.value());
            announcer.at(Moment.IN_TAKEOVER_SWEEP, database);
            announcer.at(Moment.IN_FAILURE_SWEEP, database);
            if (first.value().endsWith("/manifest.json")) {
                announcer.at(Moment.IN_CLEAN_UP, database);
            }
        }
        return call.go();
    }

    private static String databaseOf(String key) {
        return key.split("/", -1)[1];
    }
}
