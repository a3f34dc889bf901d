package io.parix.backup.engine.page;

import io.parix.backup.Backup;
import io.parix.backup.BackupContents;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.NextRun;
import io.parix.backup.Protection;
import io.parix.backup.Protection.Newest;
import io.parix.backup.Report;
import io.parix.backup.ScheduleCard;
import io.parix.backup.core.protection.ProtectionFacts;
import io.parix.backup.core.protection.ProtectionRules;
import io.parix.backup.core.retention.RetentionRules;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How protected a database is (spec J2). */
final class Statement {
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    private Statement() {}

    static Protection of(DatabaseId database, Glance glance) {
        List<BackupId> restorable = RetentionRules.restorable(glance.candidates(), glance.decisions()).stream()
                .filter(backup -> !isOfTheFuture(glance.backup(backup).row(), glance.at()))
                .toList();
        Glance.Known known = restorable.isEmpty() ? null : glance.backup(restorable.get(0));
        Newest newest = known == null ? null : newest(known, glance);
        Report eligibility = known == null ? Report.empty() : RecordedEligibility.of(known, glance.current());
        ProtectionFacts facts = new ProtectionFacts(
                glance.at(),
                glance.database(),
                new ProtectionFacts.Kept(
                        newest,
                        eligibility,
                        restorable.size(),
                        RetentionRules.newestDamaged(glance.candidates()).orElse(null),
                        glance.older()),
                glance.card(),
                glance.cleanUp().stopped());
        return new Protection(database, glance.at(), newest, next(glance), ProtectionRules.report(facts));
    }

    /** A clock that was ahead has dated it; how old it is nobody can tell. What it covers is said by the host, by a clock of its own. */
    private static boolean isOfTheFuture(JobRecord row, Instant now) {
        return row.requestedAt().isAfter(now)
                || BackupRow.view(row)
                        .completed()
                        .filter(contents -> contents.coveredUntil().isAfter(now.plus(CLOCKS_APART)))
                        .isPresent();
    }

    private static Newest newest(Glance.Known known, Glance glance) {
        Backup backup = BackupRow.view(known.row());
        BackupContents contents = backup.completed().orElseThrow();
        Duration age = Duration.between(contents.coveredUntil(), glance.at());
        return new Newest(
                backup,
                contents.verification().level(),
                contents.coveredUntil(),
                age.isNegative() ? Duration.ZERO : age);
    }

    private static @Nullable NextRun next(Glance glance) {
        ScheduleCard card = glance.card();
        return card == null ? null : card.next();
    }
}
