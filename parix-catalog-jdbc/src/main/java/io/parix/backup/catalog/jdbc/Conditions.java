package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.WriteCondition;
import io.parix.backup.spi.catalog.WriteCondition.ClaimStands;
import io.parix.backup.spi.catalog.WriteCondition.JobStands;
import io.parix.backup.spi.catalog.WriteCondition.SettingStands;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a write. Each row that one is about stays locked until the transaction ends, so nothing changes between the look at
 * it and the commit.
 *
 * <p>Rows are locked in one order, after the write's own: claims, jobs, the installation, settings, each by name. Whoever was overtaken
 * fails at the claim, and so waits for nothing that the next worker has.
 */
final class Conditions {
    private static final Comparator<WriteCondition> ORDER =
            Comparator.comparingInt(Conditions::rank).thenComparing(Conditions::name);

    private Conditions() {}

    /** Looks at all of them, and refuses the write at the first that does not hold. */
    static void require(Session session, JobWrite write) throws SQLException {
        List<WriteCondition> ordered = write.conditions().stream().sorted(ORDER).toList();
        for (WriteCondition condition : ordered) {
            if (!holds(session, condition)) {
                throw new CatalogConflictException(write.next(), condition);
            }
        }
    }

    private static int rank(WriteCondition condition) {
        if (condition instanceof ClaimStands) {
            return 0;
        } else if (condition instanceof JobStands) {
            return 1;
        }
        return ((SettingStands) condition).version() == 0 ? 2 : 3;
    }

    private static String name(WriteCondition condition) {
        if (condition instanceof ClaimStands claim) {
            return claim.job();
        }
        return condition instanceof JobStands job ? job.job() : ((SettingStands) condition).name();
    }

    private static boolean holds(Session session, WriteCondition condition) throws SQLException {
        if (condition instanceof ClaimStands claim) {
            Optional<Instant> until = JobTable.lockClaim(session, claim.job(), claim.fence());
            // Asked for after the row was waited for.
            return until.isPresent() && until.get().isAfter(session.now());
        } else if (condition instanceof JobStands job) {
            return JobTable.lockVersion(session, job.job(), job.version());
        }
        SettingStands setting = (SettingStands) condition;
        if (setting.version() == 0) {
            SettingTable.keepNewOnesOut(session);
        }
        return SettingTable.lockVersion(session, setting.name()) == setting.version();
    }
}
