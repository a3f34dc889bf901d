package io.parix.backup.faults;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreId;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.provider.local.LocalProvider;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.DueQuery;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a round has left, and lists what should not be so. */
final class RoundAudit {
    private static final int PAGE = 1_000;
    private static final Actor AUDITOR = new Actor("auditor");

    private final RoundFolder folder;
    private final Catalog catalog;
    private final ParixBackup parix;
    private final Tally tally;
    private final List<String> wrong = new ArrayList<>();

    private RoundAudit(RoundFolder folder, Catalog catalog, ParixBackup parix, Tally tally) {
        this.folder = folder;
        this.catalog = catalog;
        this.parix = parix;
        this.tally = tally;
    }

    /** {@return what is wrong; empty when all is well} */
    static List<String> of(RoundFolder folder, String url, Tally tally) throws Exception {
        try (CatalogPlace place = CatalogPlace.open(url);
                ParixBackup parix = NodeEngine.observer(folder, place)) {
            RoundAudit audit = new RoundAudit(folder, place.catalog(), parix, tally);
            for (String database : RoundFolder.databases()) {
                audit.look(new DatabaseId(database));
            }
            audit.requireKept(folder.accepted());
            audit.require(place.catalog().due(DueQuery.everywhere(PAGE)).isEmpty(), "a job is due");
            audit.require(place.catalog().undelivered(PAGE).isEmpty(), "an event was not handed out");
            return List.copyOf(audit.wrong);
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    /** What was answered to whoever asked for it is there, however the process ended that answered. */
    private void requireKept(Set<String> accepted) {
        require(!accepted.isEmpty(), "nothing was asked for");
        for (String line : accepted) {
            String[] job = line.split(" ", -1);
            boolean there = catalog.find(job[1]).isPresent();
            boolean goes = Moment.Kind.of(job[0]) == Moment.Kind.AGED && job[1].startsWith("b");
            require(there || goes, "job " + line + " was accepted and is gone");
            if (!there) {
                tally.ended("backup removed");
            }
        }
    }

    private void look(DatabaseId database) throws IOException {
        List<JobRecord> backups = catalog.history(HistoryQuery.newest(database, JobKind.BACKUP, PAGE));
        List<JobRecord> restores = catalog.history(HistoryQuery.newest(database, JobKind.RESTORE, PAGE));
        Stream.concat(backups.stream(), restores.stream()).forEach(this::requireEnded);
        require(catalog.occupant(database).isEmpty(), database + " is occupied by " + catalog.occupant(database));
        require(folder.status(database).equals(DatabaseStatus.ACTIVE), database + " is " + folder.status(database));
        List<BackupId> complete = complete(backups);
        List<String> different = new StoreAudit(new LocalProvider(), folder.location()).unowned(database, complete);
        require(different.isEmpty(), database + " has objects that nothing names, or lacks some: " + different);
        complete.forEach(this::readBack);
        boolean aged = Moment.Kind.of(database.value()) == Moment.Kind.AGED;
        int last = backups.isEmpty() && restores.isEmpty() ? 0 : 1;
        require(!aged || complete.size() == last, database + " keeps " + complete + ", not just its last backup");
        requireLive(database, restored(restores));
        requireNothingLeft(database);
    }

    private void requireEnded(JobRecord row) {
        boolean free = row.claimed().isEmpty() && row.due().isEmpty();
        require(row.status().ended() && free, "job " + row.id() + " of " + row.database() + " is in progress: " + row);
    }

    /** One complete backup or one failed job, which says why. */
    private List<BackupId> complete(List<JobRecord> rows) {
        List<BackupId> complete = new ArrayList<>();
        for (JobRecord row : rows) {
            Backup backup = parix.backups().find(new BackupId(row.id())).orElseThrow();
            boolean fails = Moment.Kind.of(row.database().value()) == Moment.Kind.RESTLESS;
            requireOutcome("backup", row, backup.failed(), fails ? ErrorCode.PROFILE_CHANGED : null);
            if (backup.status() == JobStatus.COMPLETED) {
                complete.add(backup.id());
            }
        }
        return complete;
    }

    /** The restore that the live files come from. */
    private Optional<Restore> restored(List<JobRecord> rows) {
        Optional<Restore> last = Optional.empty();
        for (JobRecord row : rows) {
            Restore restore = parix.restores().find(new RestoreId(row.id())).orElseThrow();
            boolean fails = Moment.Kind.of(row.database().value()) == Moment.Kind.SICK;
            requireOutcome("restore", row, restore.failed(), fails ? ErrorCode.HOST_FAILED : null);
            if (last.isEmpty() && restore.status() == JobStatus.COMPLETED) {
                last = Optional.of(restore);
            }
        }
        return last;
    }

    private void requireOutcome(String job, JobRecord row, Optional<Failure> failure, @Nullable ErrorCode code) {
        tally.ended(job + " " + failure.map(f -> "failed: " + f.code().code()).orElse("completed"));
        boolean right = row.status() == JobStatus.COMPLETED
                ? code == null
                : failure.map(Failure::code).filter(c -> c == code).isPresent();
        require(right, job + " " + row.id() + " of " + row.database() + " ended " + row.status() + " " + failure);
    }

    private void readBack(BackupId backup) {
        Verification found = parix.backups().verify(backup, VerificationLevel.READ_BACK, AUDITOR);
        require(
                found.report().passed(),
                "backup " + backup + " cannot be read back: " + found.report().reasons());
    }

    /** Byte for byte what was backed up, or what was there before where no restore came through. */
    private void requireLive(DatabaseId database, Optional<Restore> restored) throws IOException {
        Path from = restored.map(restore -> folder.images(restore.backup())).orElse(folder.firstImages());
        for (int i = 0; i < RoundFolder.REPLICAS; i++) {
            Path live = RoundFolder.file(folder.live(database.value()), i);
            String is = sha256(live);
            String was = sha256(RoundFolder.file(from, i));
            require(is.equals(was), live + " has SHA-256 " + is + " and was backed up with " + was);
        }
    }

    private void requireNothingLeft(DatabaseId database) throws IOException {
        Path live = folder.live(database.value());
        try (Stream<Path> files = Files.walk(live)) {
            List<String> left = files.filter(Files::isRegularFile)
                    .map(file -> live.relativize(file).toString())
                    .filter(name -> !name.matches("1_[0-2]\\.tigerbeetle|\\.parix-restore/(lock|fence-.*)"))
                    .toList();
            require(left.isEmpty(), "restores of " + database + " left " + left);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
