package io.parix.backup.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** When a process is killed. */
enum Moment {
    /** An attempt has durably recorded what it will create, and created nothing. */
    AFTER_INTENT(Kind.SOUND),
    /** In the middle of an export: a segment is stored. */
    AFTER_SEGMENT(Kind.SOUND),
    /** The commit is decided and not done. */
    BEFORE_MANIFEST(Kind.SOUND),
    /** The manifest is stored, and the catalog does not know. */
    AFTER_MANIFEST(Kind.SOUND),
    /** Whoever took an export over deletes what the killed one left; the first object is gone. */
    IN_TAKEOVER_SWEEP(Kind.SOUND),
    /** What a failed backup left is deleted; the first object is gone. */
    IN_FAILURE_SWEEP(Kind.RESTLESS),
    /** A clean-up has decided that a backup goes, and nothing of it is gone. */
    AFTER_EXPIRING(Kind.AGED),
    /** A clean-up deletes a backup; the first object is gone. */
    IN_CLEAN_UP(Kind.AGED),
    /** All that a backup had is gone but its row. */
    BEFORE_ROW_GOES(Kind.AGED),
    /** Every file of a restore is staged and verified. */
    AFTER_STAGING(Kind.SOUND),
    /** One restored file is live, the next is not. */
    BETWEEN_RENAMES(Kind.SOUND),
    /** A restore goes back: one old file is live again, the next is not. */
    BETWEEN_RENAMES_BACK(Kind.SICK),
    /** Any instant from the start of the process on. */
    RANDOM(Kind.SOUND);

    private final Kind kind;

    Moment(Kind kind) {
        this.kind = kind;
    }

    /** What becomes of the jobs of a database. */
    enum Kind {
        /** Everything succeeds. */
        SOUND(8),
        /** Its profile changes during each export: its backups fail and are swept. */
        RESTLESS(2),
        /** Time flies: a backup is past its retention as soon as it is complete, and clean-ups follow one another. */
        AGED(2),
        /** A restored cluster is never confirmed: its restores are undone. */
        SICK(2);

        private final int databases;

        Kind(int databases) {
            this.databases = databases;
        }

        /** {@return how many databases of the kind a round has} */
        int databases() {
            return databases;
        }

        String prefix() {
            return name().toLowerCase(Locale.ROOT) + "-";
        }

        static Kind of(String database) {
            return Arrays.stream(values())
                    .filter(kind -> database.startsWith(kind.prefix()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** {@return the kind of database whose jobs come to it} */
    Kind kind() {
        return kind;
    }

    static List<Moment> chosen() {
        return Arrays.stream(values()).filter(moment -> moment != RANDOM).toList();
    }
}
