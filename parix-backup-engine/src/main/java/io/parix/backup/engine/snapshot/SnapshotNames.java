package io.parix.backup.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.core.job.BackupHeader;
import io.parix.backup.spi.Checksums;
import java.util.Locale;
import java.util.Map;

/** What snapshots are called and listed by: the same for the same job, attempt and replica at every call (spec B6). */
public final class SnapshotNames {
    private static final int DIGITS = 32;

    private SnapshotNames() {}

    /**
     * Tells whether a snapshot is a backup's by its name. What a manifest says of others is not believed.
     *
     * @param backup which
     * @param name a name
     * @return whether some attempt of the backup may have made it
     */
    public static boolean isOf(BackupId backup, String name) {
        String begins = "parix-" + word(backup.value()) + "-";
        return name.startsWith(begins) && name.substring(begins.length()).matches("[0-9]{1,3}-[0-9]{1,2}");
    }

    /** The replica of a name that {@link #isOf} a backup. */
    static int replica(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    static String name(BackupHeader header, int attempt, int replica) {
        return "parix-" + word(header.backup().value()) + "-" + attempt + "-" + replica;
    }

    /** What every snapshot of a job is labelled with, whichever attempt made it. */
    static Map<String, String> labels(BackupHeader header) {
        return labels(header.database(), header.backup());
    }

    static Map<String, String> labels(DatabaseId database, BackupId backup) {
        return Map.of("parix-database", word(database.value()), "parix-backup", word(backup.value()));
    }

    /** Clouds know no upper case in names; what does not fit is told by its digest. */
    private static String word(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.matches("[a-z0-9][a-z0-9-]{0,39}")
                ? lower
                : Checksums.of(text.getBytes(UTF_8)).sha256().substring(0, DIGITS);
    }
}
