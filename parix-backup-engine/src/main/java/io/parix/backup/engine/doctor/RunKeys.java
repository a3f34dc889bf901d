package io.parix.backup.engine.doctor;

import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of examinations, all below {@code <prefix>/parix-doctor/}, which is no database's folder. Each carries the name of its examination, so
 * that those of one are told from those of another. Folders are the same for all, so that a place that keeps empty ones keeps few.
 */
final class RunKeys {
    private static final String FOLDER = "parix-doctor";
    private static final Pattern RUN = Pattern.compile("d(\\d{8}t\\d{6})-[0-9a-f]{16}");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmss", Locale.ROOT);

    private final String run;
    private final KeyPrefix folder;

    /**
     * The keys of an examination.
     *
     * @param location what every key of the place begins with
     * @param run the examination's name, as {@link io.parix.backup.engine.intake.JobIds} makes it with the letter d, in lower case
     */
    RunKeys(KeyPrefix location, String run) {
        this.run = run;
        this.folder = location.folder(FOLDER);
    }

    String run() {
        return run;
    }

    /** The folder of all examinations. */
    KeyPrefix folder() {
        return folder;
    }

    /** The folder of what they write. */
    KeyPrefix objects() {
        return folder.folder("objects");
    }

    /** A key of this examination. */
    ObjectKey key(String stem) {
        return objects().key(stem + run);
    }

    /** A key of this examination that begins as another one. */
    ObjectKey key(String stem, String more) {
        return objects().key(stem + run + more);
    }

    /** The folder of what is written because it is many. */
    KeyPrefix crowd() {
        return folder.folder("many");
    }

    /** A key of those that are many: this examination's lie side by side, in the order of their numbers. */
    ObjectKey member(int number) {
        return crowd().key(run + String.format(Locale.ROOT, "-%04d", number));
    }

    /** What comes before all of them, and has no object. */
    ObjectKey beforeMembers() {
        return crowd().key(run);
    }

    boolean isMine(ObjectKey key) {
        return folder.contains(key) && key.value().contains(run);
    }

    /** When the examination that a key belongs to began; empty where it is none's. */
    Optional<Instant> begun(ObjectKey key) {
        if (!folder.contains(key)) {
            return Optional.empty();
        }
        Matcher m = RUN.matcher(key.value().substring(folder.value().length()));
        if (!m.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(m.group(1), SECONDS).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
