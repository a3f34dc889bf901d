package io.parix.backup.engine.row;

import io.parix.backup.BackupEvent;
import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.DrillRecord;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what was found out about completed backups (spec C10, C12). Safe for concurrent calls. */
public final class Findings {
    /** What a finding of an export about an earlier backup begins with. */
    private static final String OF_BASE = "base-";

    /** What makes a backup count as damaged. */
    private static final Set<ErrorCode> DAMAGE =
            Set.of(ErrorCode.OBJECT_MISSING, ErrorCode.OBJECT_CORRUPT, ErrorCode.MANIFEST_FOREIGN, ErrorCode.KEY_LOST);

    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private final Catalog catalog;
    private final ConflictRetry retry;

    /**
     * Writes to a catalog.
     *
     * @param catalog which
     * @param retry how often a write is tried that meets another writer's
     */
    public Findings(Catalog catalog, ConflictRetry retry) {
        this.catalog = catalog;
        this.retry = retry;
    }

    /**
     * Marks a backup as damaged; one that is not completed, or not there, is left alone.
     *
     * @param backup which
     * @param found the failed checks
     */
    public void flag(BackupId backup, Report found) {
        new CompletedBackups(catalog, retry).find(backup).ifPresent(job -> {
            var unused = record(backup, new Verification(levelOfDamage(job), catalog.now(), found), job.verification());
        });
    }

    /**
     * Says what is wrong with the manifest of a backup, for {@link #flag}.
     *
     * @param rule the rule by which it was looked at, for example {@code H11}
     * @param backup whose manifest it is
     * @param committed the SHA-256 that it was committed with
     * @param found what reading it raised
     * @return the failed check; empty where it is no damage: a format that a newer release wrote
     */
    public static Optional<Report> ofManifest(String rule, BackupId backup, String committed, FailedException found) {
        if (!DAMAGE.contains(found.code())) {
            return Optional.empty();
        }
        Check check = new Check(
                rule,
                found.code().code(),
                Check.Outcome.FAIL,
                committed,
                String.valueOf(found.getMessage()),
                "The manifest of backup " + backup + " is missing or wrong.");
        return Optional.of(new Report(List.of(check)));
    }

    /** Only a look at every byte clears damage again: a listing shows a flipped byte as present. */
    private static VerificationLevel levelOfDamage(BackupJob.Completed job) {
        VerificationLevel before = job.verification().level();
        return before.atLeast(VerificationLevel.READ_BACK) ? before : VerificationLevel.READ_BACK;
    }

    /**
     * Flags the backups that share what was found missing or wrong, and the one whose index it is (spec C12).
     *
     * @param database whose
     * @param found the checks; a failed one names the object as what it expected
     * @param except a backup that has the finding already, or empty
     */
    public void flagSharers(DatabaseId database, Report found, Optional<BackupId> except) {
        Map<BackupId, List<Check>> sharers = new TreeMap<>(Comparator.comparing(BackupId::value));
        for (Check check : found.failures()) {
            if (isOfANewerRelease(check)) {
                continue;
            }
            Stream.concat(
                            catalog.needing(database, check.expected()).stream().map(BackupId::new),
                            ArchiveKeys.ofIndex(check.expected()).stream())
                    .filter(backup -> except.filter(backup::equals).isEmpty())
                    .forEach(backup -> sharers.computeIfAbsent(backup, any -> new ArrayList<>())
                            .add(check));
        }
        sharers.forEach((backup, checks) -> flag(backup, new Report(checks)));
    }

    /** What cannot be read here is whole where it was written. */
    private static boolean isOfANewerRelease(Check check) {
        return check.code().endsWith(ErrorCode.FORMAT_UNKNOWN.code());
    }

    /**
     * Tells whether a look found nothing that is damage and not on record: that another key is lost than is known of is nothing new.
     *
     * @param backup a completed backup, as last read
     * @param found what was looked at
     * @return whether there is nothing to note
     */
    public static boolean areKnown(BackupJob.Completed backup, Report found) {
        Report recorded = backup.verification().report();
        boolean lostKey = recorded.failures().stream().anyMatch(Findings::isLostKey);
        return damage(found).stream()
                .allMatch(check -> recorded.checks().contains(check) || (lostKey && isLostKey(check)));
    }

    /**
     * Tells whether a check failed as a key is lost (spec C13).
     *
     * @param check of a backup, or of one that another would have shared with
     * @return whether it did
     */
    public static boolean isLostKey(Check check) {
        return check.failed()
                && codeOf(check).filter(ErrorCode.KEY_LOST::equals).isPresent();
    }

    /** The code of damage, found by a look at a backup or by an export that would have shared with it; empty for a check of a data file. */
    private static Optional<ErrorCode> codeOf(Check check) {
        String code = check.code().startsWith(OF_BASE) ? check.code().substring(OF_BASE.length()) : check.code();
        return DAMAGE.stream().filter(known -> known.code().equals(code)).findFirst();
    }

    private static List<Check> damage(Report found) {
        return found.failures().stream()
                .filter(check -> DAMAGE.stream().anyMatch(code -> code.code().equals(check.code())))
                .toList();
    }

    /**
     * Marks a backup, and those that share what was found missing or wrong, as damaged (spec H7, C12). What is on its record already
     * is not told again. It never fails: what cannot be noted is found again by whoever looks next.
     *
     * @param backup a completed backup, as last read
     * @param found what was looked at; a failed check names the object as what it expected, and says by its code whether it is damage
     */
    public void flagDamage(BackupJob.Completed backup, Report found) {
        List<Check> damage = damage(found);
        if (areKnown(backup, found)) {
            return;
        }
        BackupId id = backup.header().backup();
        try {
            // The backup itself comes last, for what is on its record is not looked at again.
            flagSharers(backup.header().database(), new Report(damage), Optional.of(id));
            flag(id, new Report(damage));
        } catch (RuntimeException e) {
            LOG.warn("Backup {} is damaged, which could not be noted: {}", id, found.reasons(), e);
        }
    }

    /**
     * Says what reading a backup ran into, for {@link #flagDamage}.
     *
     * @param raised what was raised
     * @return its own findings, where it has some; else that something of the backup is missing or wrong; passed where it is no damage
     */
    public static Report ofReading(FailedException raised) {
        if (!DAMAGE.contains(raised.code()) || !raised.report().passed()) {
            return raised.report();
        }
        return new Report(List.of(new Check(
                "C4",
                raised.code().code(),
                Check.Outcome.FAIL,
                "manifest and indexes as committed",
                raised.code().code(),
                String.valueOf(raised.getMessage()))));
    }

    /**
     * Records a verification, passed or not. One that passed and looked less far than the last one changes nothing: it
     * proves less than is known.
     *
     * <p>One exception: where nothing was wrong but that keys were lost, a look that read every byte back shows that they are there again,
     * however far the last one looked. Every page was opened with its key, which authenticates it, and nothing was ever found wrong with
     * what was sealed in it. Other damage is cleared by a look as far as the one that found it only: bytes that can be read back may still
     * be no database (spec C13).
     *
     * <p>And one that passed clears nothing that was found after it had begun: it may have read the bytes while they were whole.
     *
     * @param backup a completed backup
     * @param latest what was found
     * @param before what was on record when the look began; a clock would not tell, for it may be set back
     * @return what was found, or the damage that others found meanwhile, which stands; empty where the backup began to expire, and nothing
     *     was recorded
     * @throws io.parix.backup.FailedException with {@link ErrorCode#CATALOG_CONFLICT} when others kept changing it
     */
    public Optional<Verification> record(BackupId backup, Verification latest, Verification before) {
        return retry.run(
                "record a verification of backup " + backup,
                () -> recorded(backup, new Look(latest, before), UnaryOperator.identity()));
    }

    /**
     * Records a restore drill, passed or not, and what it says of the backup, by the rules of {@link #record} (spec F9). One of a
     * backup that began to expire meanwhile is forgotten.
     *
     * @param backup a completed backup
     * @param drill what was found out
     * @param before what was on record when it began
     * @throws io.parix.backup.FailedException with {@link ErrorCode#CATALOG_CONFLICT} when others kept changing it
     */
    public void drilled(BackupId backup, DrillRecord drill, Verification before) {
        var unused = retry.run(
                "record a drill of backup " + backup,
                () -> recorded(backup, new Look(drill.verification(), before), job -> job.drilled(drill)));
    }

    /** What was found, by a look that began when something was on record. */
    private record Look(Verification found, Verification before) {
        /** Whether damage on record was found while this look was under way. */
        boolean overtakenBy(Verification recorded) {
            return found.passed() && !recorded.passed() && !recorded.equals(before);
        }

        /** Whether it is no news beside what is on record. */
        boolean provesLessThan(Verification recorded) {
            boolean weaker = !found.level().atLeast(recorded.level());
            return overtakenBy(recorded) || (found.passed() && weaker && !bringsKeysBack(recorded));
        }

        private boolean bringsKeysBack(Verification recorded) {
            return !recorded.passed() && found.level().atLeast(VerificationLevel.READ_BACK) && isOfLostKeys(recorded);
        }
    }

    private Optional<Verification> recorded(BackupId backup, Look look, UnaryOperator<BackupJob.Completed> change) {
        JobRecord row = catalog.find(backup.value()).orElse(null);
        if (row == null || !(BackupRow.read(row) instanceof BackupJob.Completed job)) {
            // It began to expire meanwhile: nobody will ask any more.
            return Optional.empty();
        }
        Verification latest = look.found();
        Verification before = job.verification();
        BackupJob.Completed changed = change.apply(job);
        boolean provesLess = look.provesLessThan(before);
        if (!provesLess || !changed.equals(job)) {
            List<BackupEvent> events = latest.passed() ? List.of() : List.of(event(row, latest));
            BackupJob.Completed seen = provesLess ? changed : changed.verified(kept(before, latest));
            JobRecord next = BackupRow.next(row, seen, catalog.now(), null);
            catalog.write(new JobWrite(next, events, Map.of()));
        }
        return Optional.of(look.overtakenBy(before) ? before : latest);
    }

    /**
     * Damage stays on record at the level that found it: a weaker look, failed or not, must not make it easier to clear, and one that
     * had no keys has not looked at what it was.
     */
    private static Verification kept(Verification recorded, Verification latest) {
        boolean weaker = !latest.level().atLeast(recorded.level());
        if (latest.passed() || recorded.passed() || (!weaker && !isOfLostKeys(latest))) {
            return latest;
        }
        List<Check> both = Stream.concat(recorded.report().checks().stream(), latest.report().checks().stream())
                .distinct()
                .toList();
        return new Verification(weaker ? recorded.level() : latest.level(), latest.at(), new Report(both));
    }

    private static boolean isOfLostKeys(Verification failed) {
        return failed.report().failures().stream().allMatch(Findings::isLostKey);
    }

    /** Damage that only a check of the database itself finds has no code of its own: its bytes are not what they should be. */
    private static BackupEvent event(JobRecord row, Verification latest) {
        ErrorCode code = latest.report().failures().stream()
                .flatMap(check -> codeOf(check).stream())
                .findFirst()
                .orElse(ErrorCode.OBJECT_CORRUPT);
        BackupEvent.Kind kind = BackupEvent.Kind.BACKUP_DAMAGED;
        String id = row.id() + "-" + (row.version() + 1) + "-" + kind.code();
        return new BackupEvent(id, kind, row.database(), row.id(), latest.at(), code);
    }
}
