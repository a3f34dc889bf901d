package io.parix.backup.archive.segment;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of one database's archive; the only place that builds or reads them.
 *
 * <p>Numbers have a fixed width, so that the order of keys is the order of fences and sequence numbers.
 */
public final class ArchiveKeys {
    private static final Pattern MANIFEST = Pattern.compile("backups/([^/]+)/manifest\\.json");
    private static final Pattern SEGMENT = Pattern.compile("segments/[^/]+/\\d{19}-\\d{10}\\.seg");

    private static final Pattern OF_ATTEMPT = Pattern.compile("(?:segments|backups)/([^/]+)/(\\d{19})-.+");

    /** What follows every name that begins with a token: 19 digits can say more than a token can be. */
    private static final String HIGHEST_FENCE = Long.MAX_VALUE + "~";

    private final DatabaseId database;
    private final KeyPrefix root;

    /**
     * The keys of a database.
     *
     * @param location what every key of the storage location begins with
     * @param database the database
     */
    public ArchiveKeys(KeyPrefix location, DatabaseId database) {
        this.database = database;
        this.root = location.folder(database.value());
    }

    /** {@return whose keys they are} */
    public DatabaseId database() {
        return database;
    }

    /** {@return the folder of everything of this database} */
    public KeyPrefix root() {
        return root;
    }

    /** {@return the folder of all backups' indexes and manifests} */
    public KeyPrefix backups() {
        return root.folder("backups");
    }

    /**
     * The folder of a backup's indexes and manifest.
     *
     * @param backup which
     * @return the folder
     */
    public KeyPrefix backup(BackupId backup) {
        return root.folder("backups/" + backup);
    }

    /**
     * The folder of the segments that a backup wrote.
     *
     * @param backup which
     * @return the folder
     */
    public KeyPrefix segments(BackupId backup) {
        return root.folder("segments/" + backup);
    }

    /**
     * The manifest of a backup.
     *
     * @param backup which
     * @return its key
     */
    public ObjectKey manifest(BackupId backup) {
        return root.key(manifestName(backup));
    }

    /**
     * A manifest's name below {@link #root()}.
     *
     * @param backup which
     * @return the name
     */
    public static String manifestName(BackupId backup) {
        return "backups/" + backup + "/manifest.json";
    }

    /**
     * A segment's name below {@link #root()}.
     *
     * @param backup the backup that writes it
     * @param fence the attempt's fencing token
     * @param sequence from 0
     * @return the name
     */
    public static String segmentName(BackupId backup, long fence, int sequence) {
        return String.format(Locale.ROOT, "segments/%s/%019d-%010d.seg", backup, fence, sequence);
    }

    /**
     * What an attempt's index objects of a replica begin with, below {@link #root()}.
     *
     * @param backup the backup
     * @param fence the attempt's fencing token
     * @param replica the replica's index
     * @return the name of its only index object without {@code .idx}; of several, without {@code -<part>.idx}
     */
    public static String indexStem(BackupId backup, long fence, int replica) {
        return String.format(Locale.ROOT, "backups/%s/%019d-replica-%d", backup, fence, replica);
    }

    /**
     * Names an attempt: what its objects are sealed under is known by this.
     *
     * @param backup the backup
     * @param fence the attempt's fencing token
     * @return the attempt
     */
    public static String attempt(BackupId backup, long fence) {
        return String.format(Locale.ROOT, "%s/%019d", backup, fence);
    }

    /**
     * Reads the attempt out of an object's name.
     *
     * @param name a name below {@link #root()}
     * @return which attempt wrote it, as {@link #attempt} names it; empty for a manifest, which is never sealed
     */
    public static String attemptOf(String name) {
        Matcher m = OF_ATTEMPT.matcher(name);
        return m.matches() ? m.group(1) + "/" + m.group(2) : "";
    }

    /**
     * Takes a name that an object of the archive gives, below {@link #root()}.
     *
     * @param name a foreign name
     * @return the key
     * @throws io.parix.backup.InvalidRequestException when it is not a plain name
     */
    public ObjectKey resolve(String name) {
        return ObjectKey.within(root.value() + "/" + name, root);
    }

    /**
     * Tells whether a name below {@link #root()} is a segment's.
     *
     * @param name a foreign name
     * @return whether it has the form of one
     */
    public static boolean isSegment(String name) {
        return SEGMENT.matcher(name).matches();
    }

    /**
     * Tells whether a name below {@link #root()} is that of an index object.
     *
     * @param name a foreign name
     * @param backup the backup that it must belong to
     * @param replica the replica that it must be of
     * @return whether it has the form of one
     */
    public static boolean isIndex(String name, BackupId backup, int replica) {
        String start = "backups/" + backup + "/";
        return name.startsWith(start)
                && name.substring(start.length()).matches("\\d{19}-replica-" + replica + "(-\\d{4})?\\.idx")
                && name.substring(start.length()).compareTo(HIGHEST_FENCE) < 0;
    }

    /**
     * Reads the backup out of the name of an index object.
     *
     * @param name a name below {@link #root()}
     * @return whose index it is; empty where it is none
     */
    public static Optional<BackupId> ofIndex(String name) {
        Matcher m = OF_ATTEMPT.matcher(name);
        return name.startsWith("backups/") && m.matches() ? Optional.of(new BackupId(m.group(1))) : Optional.empty();
    }

    /**
     * Reads the fencing token out of the name of an index object.
     *
     * @param name a name for which {@link #isIndex} holds
     * @return the token of the attempt that wrote it
     */
    public static long fenceOf(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return Long.parseLong(last.substring(0, last.indexOf('-')));
    }

    /**
     * Reads the backup out of a manifest's key.
     *
     * @param key a key from a listing
     * @return the backup, or empty when it is no manifest of this database
     */
    public Optional<BackupId> backupOf(ObjectKey key) {
        if (!root.contains(key)) {
            return Optional.empty();
        }
        Matcher m = MANIFEST.matcher(key.value().substring(root.value().length() + 1));
        return m.matches() ? Optional.of(new BackupId(m.group(1))) : Optional.empty();
    }
}
