package io.parix.backup.testkit.contract;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.spi.catalog.StepProgress;
import io.parix.backup.spi.catalog.WriteCondition;
import io.parix.backup.spi.catalog.WriteCondition.ClaimStands;
import io.parix.backup.spi.catalog.WriteCondition.JobStands;
import io.parix.backup.spi.catalog.WriteCondition.SettingStands;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Catalogs that are wrong about what a write rests on. */
final class ConditionMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();
    private static final int LOOKS = 100_000;

    private ConditionMutants() {}

    /** Which conditions count as held without a look. */
    interface Passes {
        boolean test(Catalog right, WriteCondition condition);
    }

    private static void passes(String name, Passes wrong) {
        write(name, (right, write) -> right.write(only(write, condition -> !wrong.test(right, condition))));
    }

    private static void write(String name, JobMutants.Write wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord write(JobWrite write) {
                return wrong.write(right, write);
            }
        });
    }

    private static JobWrite only(JobWrite write, Predicate<WriteCondition> looksAt) {
        return write.provided(write.conditions().stream().filter(looksAt).collect(Collectors.toSet()));
    }

    private static long version(Catalog right, String job) {
        return right.find(job).map(JobRecord::version).orElse(0L);
    }

    private static long setting(Catalog right, String name) {
        return right.setting(name).map(SettingRecord::version).orElse(0L);
    }

    private static boolean holds(Catalog right, WriteCondition condition) {
        if (condition instanceof ClaimStands claim) {
            return isUnder(right, claim);
        } else if (condition instanceof JobStands job) {
            return version(right, job.job()) == job.version();
        }
        SettingStands setting = (SettingStands) condition;
        return setting(right, setting.name()) == setting.version();
    }

    private static boolean isUnder(Catalog right, ClaimStands claim) {
        return right.find(claim.job())
                .flatMap(JobRecord::claimed)
                .filter(there -> there.fence() == claim.fence())
                .isPresent();
    }

    /** Time for somebody else, until that one has changed something. */
    private static void linger(Catalog right, JobWrite write) {
        for (int i = 0; i < LOOKS && firstBroken(right, write).isEmpty(); i++) {
            Thread.onSpinWait();
        }
    }

    private static Optional<WriteCondition> firstBroken(Catalog right, JobWrite write) {
        return write.conditions().stream()
                .filter(condition -> !holds(right, condition))
                .findFirst();
    }

    static {
        passes("CAT-79 claims are not looked at", (right, condition) -> condition instanceof ClaimStands);
        passes(
                "CAT-79 a lease that has lapsed will do until somebody else comes",
                (right, condition) -> condition instanceof ClaimStands claim && isUnder(right, claim));
        passes(
                "CAT-79 whoever has the job, somebody has",
                (right, condition) -> condition instanceof ClaimStands claim
                        && right.find(claim.job())
                                .flatMap(JobRecord::claimed)
                                .map(Claim::until)
                                .filter(right.now()::isBefore)
                                .isPresent());
        passes(
                "CAT-79 a job that is gone is nobody else's",
                (right, condition) -> condition instanceof ClaimStands claim
                        && right.find(claim.job()).isEmpty());
        MUTANTS.add("CAT-79 a heartbeat breaks it", catalog -> new WrongCatalog(catalog) {
            private final Set<String> beaten = new HashSet<>();

            @Override
            public void heartbeat(JobRecord held, Duration lease, StepProgress progress) {
                right.heartbeat(held, lease, progress);
                beaten.add(held.id());
            }

            @Override
            public JobRecord write(JobWrite write) {
                for (WriteCondition condition : write.conditions()) {
                    if (condition instanceof ClaimStands claim && beaten.contains(claim.job())) {
                        throw new CatalogConflictException(write.next(), condition);
                    }
                }
                return right.write(write);
            }
        });
        passes("CAT-80 versions are not looked at", (right, condition) -> condition instanceof JobStands);
        passes(
                "CAT-80 a later version will do",
                (right, condition) -> condition instanceof JobStands job && version(right, job.job()) > job.version());
        passes(
                "CAT-80 a job that is not there has every version",
                (right, condition) -> condition instanceof JobStands job
                        && right.find(job.job()).isEmpty());
        passes("CAT-81 settings are not looked at", (right, condition) -> condition instanceof SettingStands);
        passes(
                "CAT-81 a later setting will do",
                (right, condition) -> condition instanceof SettingStands setting
                        && setting(right, setting.name()) > setting.version());
        passes(
                "CAT-81 that there is none is not looked at",
                (right, condition) -> condition instanceof SettingStands setting && setting.version() == 0);
        passes(
                "CAT-81 a setting that is not there has every version",
                (right, condition) -> condition instanceof SettingStands setting
                        && right.setting(setting.name()).isEmpty());
        write("CAT-82 it is looked first, and written afterwards", (right, write) -> {
            firstBroken(right, write).ifPresent(condition -> {
                throw new CatalogConflictException(write.next(), condition);
            });
            linger(right, write);
            return right.write(only(write, condition -> false));
        });
        write(
                "CAT-83 settings alone are looked at where there are some",
                (right, write) -> right.write(
                        write.conditions().stream().anyMatch(SettingStands.class::isInstance)
                                ? only(write, SettingStands.class::isInstance)
                                : write));
        write("CAT-83 it does not say which one", (right, write) -> {
            try {
                return right.write(write);
            } catch (CatalogConflictException e) {
                JobRecord next = write.next();
                throw new CatalogConflictException(
                        next.id(), next.version(), e.actual().orElse(null));
            }
        });
        write("CAT-83 it is refused when it has been written", (right, write) -> {
            try {
                return right.write(write);
            } catch (CatalogConflictException e) {
                if (e.broken().isPresent()) {
                    right.write(only(write, condition -> false));
                }
                throw e;
            }
        });
        write("CAT-83 conditions stand in for the row's own version", (right, write) -> {
            JobRecord next = write.next();
            JobRecord there = right.find(next.id()).orElseThrow();
            boolean rests = !write.conditions().isEmpty();
            JobRecord anyVersion = there.moved(next.status(), next.step(), next.payload(), next.lookAgainAt());
            return right.write(
                    rests ? new JobWrite(anyVersion, write.events(), write.segments(), write.conditions()) : write);
        });
    }
}
