package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.spi.ObjectKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the key of an object of a backup says.
 *
 * @param database whose backup
 * @param backup which
 * @param folder what kind of object it is
 * @param fence the token of the attempt that put it; a manifest has none
 */
record ArchiveObject(DatabaseId database, BackupId backup, String folder, OptionalLong fence) {
    private static final Pattern KEY = Pattern.compile(
            Pattern.quote(World.PREFIX.value()) + "/([^/]+)/(segments|backups)/([^/]+)/(?:(\\d{19})-)?.+");

    /** Empty where it is not of a backup; of a strange name that only looks like one, too. */
    static Optional<ArchiveObject> of(String key) {
        Matcher m = KEY.matcher(key);
        if (!m.matches()) {
            return Optional.empty();
        }
        String fence = m.group(4);
        try {
            return Optional.of(new ArchiveObject(
                    new DatabaseId(m.group(1)),
                    new BackupId(m.group(3)),
                    m.group(2),
                    fence == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fence))));
        } catch (InvalidRequestException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static ObjectKey manifest(DatabaseId database, BackupId backup) {
        return new ArchiveKeys(World.PREFIX, database).manifest(backup);
    }

    boolean isSegment() {
        return folder.equals("segments");
    }
}
