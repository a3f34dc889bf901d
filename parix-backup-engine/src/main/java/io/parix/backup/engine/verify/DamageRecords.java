package io.parix.backup.engine.verify;

import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.Report;
import io.parix.backup.archive.manifest.AttemptKey;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.provider.DatabaseArchives;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.engine.row.Findings;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts damage on record: of the backup that was looked at, of those that share what was found missing or wrong, and of all that need a
 * key which was found lost (spec H7, C12, C13). Safe for concurrent calls.
 */
public final class DamageRecords {
    private static final int PAGE = 100;
    private static final Logger LOG = LoggerFactory.getLogger(DamageRecords.class);

    private final Catalog catalog;
    private final DatabaseArchives archives;
    private final Findings findings;

    /**
     * Over a catalog, and the places of its backups.
     *
     * @param catalog where backups are found
     * @param archives where they lie
     * @param findings writes to the catalog
     */
    public DamageRecords(Catalog catalog, DatabaseArchives archives, Findings findings) {
        this.catalog = catalog;
        this.archives = archives;
        this.findings = findings;
    }

    /**
     * Notes what a look at a backup found. It never fails: what cannot be noted is found again by whoever looks next.
     *
     * @param backup a completed backup, as last read
     * @param found what was looked at; a failed check names the object as what it expected, and says by its code whether it is damage
     * @param call with which manifests are read
     */
    public void note(BackupJob.Completed backup, Report found, CallContext call) {
        if (Findings.areKnown(backup, found)) {
            return;
        }
        try {
            // The backup itself comes last, for what is on its record is not looked at again.
            lostKeys(backup.header(), found, call);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Which backups need the lost keys of {} could not be noted",
                    backup.header().backup(),
                    e);
            return;
        }
        findings.flagDamage(backup, found);
    }

    /**
     * Flags the other backups of a database that need a key which was found lost. Their manifests say which they need, and the port is
     * asked for each data key once: one that it cannot give now is not lost. Where the port gives keys for all of them, it has given
     * another one for the attempt whose object did not open, and that one is lost.
     *
     * @param looked the backup that was looked at, whose own record is its caller's, or one that found another's key lost
     * @param found the checks; a failed one names the object as what it expected
     * @param call with which manifests are read; one that cannot be read is left alone, with its backup
     */
    public void lostKeys(BackupHeader looked, Report found, CallContext call) {
        List<Check> lost = found.failures().stream().filter(Findings::isLostKey).toList();
        if (lost.isEmpty()) {
            return;
        }
        ArchivePlace place = archives.open(looked.database(), looked.location());
        List<Keyed> backups = keyed(looked, new ManifestStore(place, call));
        Map<AttemptKey, String> gone = gone(backups, place, lost, call);
        backups.stream()
                .filter(each -> !each.job().header().backup().equals(looked.backup()))
                .filter(each ->
                        each.job().verification().report().failures().stream().noneMatch(Findings::isLostKey))
                .forEach(each -> flag(each, gone));
    }

    /** A backup, and the keys that its manifest names. */
    private record Keyed(BackupJob.Completed job, List<AttemptKey> keys) {}

    private List<Keyed> keyed(BackupHeader looked, ManifestStore manifests) {
        List<Keyed> found = new ArrayList<>();
        HistoryQuery query =
                HistoryQuery.newest(looked.database(), JobKind.BACKUP, PAGE).having(JobStatus.COMPLETED);
        List<JobRecord> page = catalog.history(query);
        while (!page.isEmpty()) {
            for (JobRecord row : page) {
                if (BackupRow.read(row) instanceof BackupJob.Completed job
                        && job.header().location().equals(looked.location())) {
                    found.add(new Keyed(job, keys(job, manifests)));
                }
            }
            page = page.size() < PAGE ? List.of() : catalog.history(query.after(page.get(PAGE - 1)));
        }
        return found;
    }

    private static List<AttemptKey> keys(BackupJob.Completed job, ManifestStore manifests) {
        BackupId backup = job.header().backup();
        try {
            return manifests
                    .readCommitted(backup, job.contents().manifest().sha256())
                    .manifest()
                    .keys();
        } catch (FailedException | ProviderException e) {
            LOG.warn("Whether backup {} needs a lost key cannot be told: {}", backup, e.getMessage());
            return List.of();
        }
    }

    /** The data keys that the port says are gone for good; where it gives all, those that it gave wrong. */
    private static Map<AttemptKey, String> gone(
            List<Keyed> backups, ArchivePlace place, List<Check> lost, CallContext call) {
        Map<AttemptKey, String> gone = new HashMap<>();
        boolean answered = true;
        Set<AttemptKey> all =
                backups.stream().flatMap(each -> each.keys().stream()).collect(Collectors.toSet());
        for (AttemptKey key : all) {
            try {
                var unused = place.ring(Map.of(key.attempt(), key.key())).of(key.attempt(), call);
            } catch (FailedException e) {
                answered &= e.code() == ErrorCode.KEY_LOST;
                if (e.code() == ErrorCode.KEY_LOST) {
                    gone.put(key, String.valueOf(e.getMessage()));
                }
            }
        }
        return answered && gone.isEmpty() ? notOpened(backups, lost) : gone;
    }

    private static Map<AttemptKey, String> notOpened(List<Keyed> backups, List<Check> lost) {
        Map<String, String> attempts = new HashMap<>();
        lost.forEach(check -> attempts.put(ArchiveKeys.attemptOf(check.expected()), check.sentence()));
        Map<AttemptKey, String> wrong = new HashMap<>();
        backups.stream()
                .flatMap(each -> each.keys().stream())
                .filter(key -> attempts.containsKey(key.attempt()))
                .forEach(key -> wrong.put(key, String.valueOf(attempts.get(key.attempt()))));
        return wrong;
    }

    /** One finding for each key that wrapped: how many data keys it wrapped says nothing more. */
    private void flag(Keyed each, Map<AttemptKey, String> gone) {
        Map<String, Check> lost = new TreeMap<>();
        for (AttemptKey key : each.keys()) {
            String sentence = gone.get(key);
            if (sentence != null) {
                String id = key.key().id();
                String code = ErrorCode.KEY_LOST.code();
                lost.put(id, new Check("C13", code, Check.Outcome.FAIL, "the key " + id, code, sentence));
            }
        }
        if (!lost.isEmpty()) {
            findings.flag(each.job().header().backup(), new Report(List.copyOf(lost.values())));
        }
    }
}
