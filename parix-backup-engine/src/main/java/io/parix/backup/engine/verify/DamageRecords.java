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
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts damage on record: of the backup that was looked at, of those that share what was found missing or wrong, and of others that need a
 * key which was found lost (spec H7, C12, C13). Safe for concurrent calls.
 */
public final class DamageRecords {
    private static final int PAGE = 100;

    /** Of so many pages of backups a look reads the manifests; those before them are flagged when they are looked at themselves. */
    private static final int MOST_PAGES = 4;

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
        lostKeys(backup.header(), found, call);
        findings.flagDamage(backup, found);
    }

    /**
     * Flags the other backups of a database that need a key which was found lost, the newest {@value #PAGE} times {@value #MOST_PAGES} of
     * them. Their manifests say which they need, and the port is asked for what the lost keys have wrapped: a data key that it cannot give
     * now is not lost. One that it gives is lost where it is another than the object was sealed under. It never fails: where a manifest
     * cannot be read now, the next look goes on.
     *
     * @param looked the backup that was looked at, whose own record is its caller's, or one that found another's key lost
     * @param found the checks; a failed one names the object as what it expected
     * @param call with which manifests are read and the port is asked
     */
    public void lostKeys(BackupHeader looked, Report found, CallContext call) {
        List<Check> lost = found.failures().stream().filter(Findings::isLostKey).toList();
        if (lost.isEmpty()) {
            return;
        }
        try {
            ArchivePlace place = archives.open(looked.database(), looked.location());
            KeyAnswers port = new KeyAnswers(place, call);
            ManifestStore manifests = new ManifestStore(place, call);
            Gone gone = gone(needing(looked.backup(), lost), manifests, port, lost);
            flagOthers(looked, gone, manifests);
        } catch (RuntimeException e) {
            LOG.warn("Which other backups need the lost keys of {} is told by the next look", looked.backup(), e);
        }
    }

    /** What wrapped data keys that are lost, and the attempts whose objects do not open with what the port gives. */
    private record Gone(KeyAnswers port, Set<String> wrappedBy, Map<String, String> attempts) {
        Optional<String> has(AttemptKey key) {
            String wrong = attempts.get(key.attempt());
            if (wrong != null) {
                return Optional.of(wrong);
            }
            return wrappedBy.contains(key.key().id()) ? port.lost(key) : Optional.empty();
        }
    }

    /** The backup that was looked at, and those whose indexes were. */
    private List<BackupJob.Completed> needing(BackupId looked, List<Check> lost) {
        return Stream.concat(
                        Stream.of(looked),
                        lost.stream().flatMap(check -> ArchiveKeys.ofIndex(check.expected()).stream()))
                .distinct()
                .flatMap(backup -> catalog.find(backup.value()).stream())
                .map(BackupRow::read)
                .filter(BackupJob.Completed.class::isInstance)
                .map(BackupJob.Completed.class::cast)
                .toList();
    }

    private static Gone gone(
            List<BackupJob.Completed> backups, ManifestStore manifests, KeyAnswers port, List<Check> lost) {
        Map<String, String> objects = new HashMap<>();
        lost.forEach(check -> objects.put(ArchiveKeys.attemptOf(check.expected()), check.sentence()));
        Set<String> wrappedBy = new HashSet<>();
        Map<String, String> attempts = new HashMap<>();
        for (BackupJob.Completed backup : backups) {
            for (AttemptKey key : keys(backup, manifests)) {
                if (port.lost(key).isPresent()) {
                    wrappedBy.add(key.key().id());
                } else if (port.given(key) && objects.containsKey(key.attempt())) {
                    attempts.put(key.attempt(), String.valueOf(objects.get(key.attempt())));
                }
            }
        }
        return new Gone(port, wrappedBy, attempts);
    }

    private void flagOthers(BackupHeader looked, Gone gone, ManifestStore manifests) {
        HistoryQuery query =
                HistoryQuery.newest(looked.database(), JobKind.BACKUP, PAGE).having(JobStatus.COMPLETED);
        List<JobRecord> page = catalog.history(query);
        for (int pages = 1; !page.isEmpty(); pages++) {
            for (JobRecord row : page) {
                if (BackupRow.read(row) instanceof BackupJob.Completed job && isAnother(job, looked)) {
                    flag(job, keys(job, manifests), gone);
                }
            }
            boolean last = page.size() < PAGE || pages == MOST_PAGES;
            page = last ? List.of() : catalog.history(query.after(page.get(PAGE - 1)));
        }
    }

    /** In the same place, and not known to have lost a key. */
    private static boolean isAnother(BackupJob.Completed job, BackupHeader looked) {
        return !job.header().backup().equals(looked.backup())
                && job.header().location().equals(looked.location())
                && job.verification().report().failures().stream().noneMatch(Findings::isLostKey);
    }

    private static List<AttemptKey> keys(BackupJob.Completed job, ManifestStore manifests) {
        BackupId backup = job.header().backup();
        try {
            return manifests
                    .readCommitted(backup, job.contents().manifest().sha256())
                    .manifest()
                    .keys();
        } catch (FailedException e) {
            LOG.warn("Whether backup {} needs a lost key cannot be told: {}", backup, e.getMessage());
            return List.of();
        }
    }

    /** One finding for each key that wrapped: how many data keys it wrapped says nothing more. */
    private void flag(BackupJob.Completed job, List<AttemptKey> keys, Gone gone) {
        Map<String, Check> lost = new TreeMap<>();
        for (AttemptKey key : keys) {
            gone.has(key).ifPresent(sentence -> {
                String id = key.key().id();
                String code = ErrorCode.KEY_LOST.code();
                lost.put(id, new Check("C13", code, Check.Outcome.FAIL, "the key " + id, code, sentence));
            });
        }
        if (!lost.isEmpty()) {
            findings.flag(job.header().backup(), new Report(List.copyOf(lost.values())));
        }
    }
}
