package io.parix.backup.engine.doctor;

import io.parix.backup.doctor.Finding;
import io.parix.backup.spi.ErrorKind;
import org.jspecify.annotations.Nullable;

/** What is looked at, in the order of the report: its id and name, what is wanted, and what to do where it is not so. */
enum Requirement {
    OPENS(
            "PLC-01",
            "place-opens",
            "the provider opens the place",
            "Look at the settings of the place, its address and the credentials."),
    CAPABILITIES(
            "SPI-05",
            "capabilities-agree",
            "what the provider claims of the place is what it offers, and a write may have 32 MiB",
            "Use a provider that passes its contract suite."),
    MAY_WRITE("PLC-02", "write-permitted", "objects may be written", Advice.PERMIT),
    MAY_READ("PLC-03", "read-permitted", "objects may be read", Advice.PERMIT),
    MAY_DESCRIBE("PLC-04", "describe-permitted", "objects may be described", Advice.PERMIT),
    MAY_LIST("PLC-05", "list-permitted", "objects may be listed", Advice.PERMIT),
    MAY_DELETE("PLC-06", "delete-permitted", "objects may be deleted", Advice.PERMIT),
    OURS(
            "J4",
            "installation-alone",
            "no other installation writes to the place",
            "Use another prefix; or, if the other installation is gone for good or shall stop, adopt the place."),
    CLOCK(
            "PLC-07",
            "clocks-agree",
            "the place's clock is less than a minute from the catalog's",
            "Set the clocks of this machine, the catalog's and the place's by one source of time."),
    LOCKS(
            "PLC-08",
            "lock-state-readable",
            "of what is locked it can be told until when",
            "Permit the reading of retention and of legal holds: what cannot be told counts as locked."),
    READ_BACK("SPI-20", "read-back-equal", "what was written is read back byte for byte", Advice.STORE),
    RANGES("SPI-40", "range-exact", "a range gives exactly its bytes", Advice.STORE),
    PAST_END("SPI-41", "range-past-end-refused", "a range that reaches past the end is refused", Advice.STORE),
    ABSENT(
            "SPI-42",
            "absent-told",
            "what is not there is not found when read and nothing when described",
            "Where it is denied, permit listing: some stores tell what is absent only to those who may list. "
                    + Advice.STORE),
    AGREEMENT(
            "SPI-43",
            "descriptions-agree",
            "writing, describing and listing agree on key and length, and on when it was made",
            Advice.STORE),
    TOLD_CHECKSUMS("SPI-44", "checksums-true", "checksums that the place tells are those of the bytes", Advice.STORE),
    TAKEN(
            "SPI-21",
            "taken-key-refused",
            "a taken key is refused, whatever is written, and keeps its bytes",
            Advice.CONDITION),
    TWO_SESSIONS(
            "SPI-10", "second-session-refused", "a key that one session took is refused to another", Advice.CONDITION),
    ONE_WINNER("SPI-22", "race-has-one-winner", "of writers that race for a key exactly one wins", Advice.CONDITION),
    CHECKSUM(
            "SPI-23",
            "wrong-checksum-refused",
            "bytes that have not the promised checksums are refused and leave nothing",
            Advice.STORE),
    LENGTH(
            "SPI-24",
            "wrong-length-refused",
            "bytes that are fewer or more than promised are refused and leave nothing",
            Advice.STORE),
    EMPTY("SPI-26", "empty-object-kept", "an object of no bytes is an object", Advice.STORE),
    CASE("SPI-28", "case-told-apart", "keys that differ only in case are different objects", Advice.STORE),
    FOLDER(
            "SPI-29",
            "key-that-is-a-folder",
            "a key below an object is kept beside it or refused as a conflict, and the object is unharmed",
            "The engine makes no such keys; look whether anything else about the store is unusual."),
    AT_ONCE(
            "SPI-46",
            "seen-at-once",
            "what was just written or deleted is seen so by descriptions and listings",
            Advice.CONSISTENT),
    ORDER("SPI-50", "listing-in-order", "a listing is in ascending order of whole keys", Advice.STORE),
    AFTER("SPI-52", "listing-continued", "a listing goes on after any key, which need not exist", Advice.STORE),
    SEGMENTS("SPI-53", "prefix-is-whole-segments", "a folder's listing has nothing of what begins alike", Advice.STORE),
    NO_FOLDER("SPI-54", "absent-folder-empty", "a folder that is not there is empty", Advice.STORE),
    DELETED("SPI-60", "delete-effective", "each key that is deleted has one outcome, and it is true", Advice.STORE),
    NEIGHBOURS("SPI-61", "neighbours-untouched", "nothing but what is named is deleted", Advice.STORE),
    AGAIN("SPI-63", "deleted-key-writable", "a deleted key can be written again", Advice.STORE),
    NO_SNAPSHOT("VOL-05", "absent-snapshot-gone", "a snapshot that is not there is gone", Advice.VOLUMES),
    SNAPSHOTS_LISTED("VOL-06", "snapshots-listed", "snapshots can be listed by labels", Advice.VOLUMES),
    SNAPSHOT_LOCKS("VOL-10", "snapshot-lock-told", "of a locked snapshot it can be told until when", Advice.VOLUMES),
    VOLUMES_LISTED("VOL-12", "volumes-listed", "volumes that were made can be listed by labels", Advice.VOLUMES),
    EARLIER(
            "PLC-09",
            "earlier-removed",
            "nothing of examinations of more than a day ago is left",
            "Remove what is named, which lies in the folder parix-doctor and nowhere else, or permit deleting."),
    COMPLETE(
            "SPI-51",
            "listing-complete",
            "all keys are listed, each once, over as many pages as it takes",
            Advice.CONSISTENT),
    THOUSAND(
            "SPI-62",
            "thousand-deleted-at-once",
            "a thousand objects are deleted in one call, and more are refused",
            Advice.STORE),
    CLEAN(
            "PLC-10",
            "nothing-left",
            "everything that this examination wrote is removed",
            "Remove what is named, or examine the place again in a day, with deleting permitted.");

    private final String id;
    private final String title;
    private final String expected;
    private final String advice;

    Requirement(String id, String title, String expected, String advice) {
        this.id = id;
        this.title = title;
        this.expected = expected;
        this.advice = advice;
    }

    /** {@return whether an error of that kind is just what the requirement rules out} */
    boolean isAbout(@Nullable ErrorKind kind) {
        return switch (this) {
            case OPENS -> kind == ErrorKind.DENIED || kind == ErrorKind.INVALID_REQUEST;
            case MAY_WRITE, MAY_READ, MAY_DESCRIBE, MAY_LIST, MAY_DELETE -> kind == ErrorKind.DENIED;
            default -> false;
        };
    }

    Finding passed(String found) {
        return new Finding(id, title, Finding.Outcome.PASSED, expected, found, "", null);
    }

    Finding failed(String found, Finding.@Nullable Trouble trouble) {
        return new Finding(id, title, Finding.Outcome.FAILED, expected, found, advice, trouble);
    }

    Finding notApplicable(String reason) {
        return new Finding(id, title, Finding.Outcome.NOT_APPLICABLE, expected, reason, "", null);
    }

    Finding undetermined(String failure, String todo, Finding.Trouble trouble) {
        return new Finding(id, title, Finding.Outcome.UNDETERMINED, expected, failure, todo, trouble);
    }

    /** What several requirements advise. */
    private static final class Advice {
        static final String PERMIT = "Permit it, as the provider's page has it for the role.";
        static final String STORE = "Do not keep backups here: use another store, or mend what lies in between.";
        static final String CONDITION =
                "Do not keep backups here: two workers would overwrite each other. Use a store that honours conditional writes.";
        static final String CONSISTENT =
                "Do not keep backups here: clean-up decides by listings. Use a store whose listings are complete and current.";
        static final String VOLUMES =
                "Look at the permissions for volumes, or take the volumes out of the configuration.";

        private Advice() {}
    }
}
