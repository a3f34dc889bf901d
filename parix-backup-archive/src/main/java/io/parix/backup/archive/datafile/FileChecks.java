package io.parix.backup.archive.datafile;

import java.util.List;

/** The checks of a single data file, beyond its superblock's quorum. */
final class FileChecks {
    private FileChecks() {}

    /** Whether the superblock can be read on: its version is known, and it says which replica this is. */
    static boolean superblock(Superblock superblock, Findings findings) {
        if (superblock.version() != SuperblockFormat.VERSION_KNOWN) {
            findings.fail(
                    "superblock-version-unknown",
                    Integer.toString(SuperblockFormat.VERSION_KNOWN),
                    Integer.toString(superblock.version()),
                    "The superblock at offset " + SuperblockFormat.VERSION + " has version " + superblock.version()
                            + "; this release reads version " + SuperblockFormat.VERSION_KNOWN + ".");
            return false;
        }
        findings.pass("superblock-version", Integer.toString(superblock.version()), "The superblock has version 2.");
        boolean released = release(superblock, findings);
        return replica(superblock, findings) && released;
    }

    private static boolean release(Superblock superblock, Findings findings) {
        boolean there = superblock.releaseFormat().packed() != 0
                && superblock.checkpoint().release().packed() != 0;
        if (!there) {
            findings.fail(
                    "release-missing",
                    "a release",
                    "0.0.0",
                    "The superblock has no release, at offset " + SuperblockFormat.RELEASE_FORMAT + " or "
                            + SuperblockFormat.RELEASE + ".");
        }
        return there;
    }

    private static boolean replica(Superblock superblock, Findings findings) {
        int count = superblock.replicaCount();
        if (count < 1 || count > SuperblockFormat.REPLICAS_MAX) {
            findings.fail(
                    "replica-count-impossible",
                    "1 to " + SuperblockFormat.REPLICAS_MAX,
                    Integer.toString(count),
                    "The replica count at offset " + SuperblockFormat.REPLICA_COUNT + " is " + count + ".");
            return false;
        }
        int index = superblock.index();
        if (index < 0) {
            findings.fail(
                    "replica-unknown",
                    "one of the members",
                    superblock.replicaId().toString(),
                    "The replica id at offset " + SuperblockFormat.REPLICA_ID + " is none of the members.");
            return false;
        }
        if (index >= count) {
            findings.fail(
                    "replica-is-standby",
                    "0 to " + (count - 1),
                    Integer.toString(index),
                    "The file is of member " + index + ", a standby of a cluster of " + count + " replicas.");
            return false;
        }
        findings.pass(
                "replica-index", index + " of " + count, "The file is of replica " + index + " of " + count + ".");
        return true;
    }

    /** Whether the file reaches its grid; a length that is no whole number of sectors fails too, but can be read on. */
    static boolean length(long length, DataFileLayout layout, Superblock superblock, Findings findings) {
        if (length < layout.gridOffset()) {
            findings.fail(
                    "file-truncated",
                    layout.gridOffset() + " bytes or more",
                    length + " bytes",
                    "The file ends at offset " + length + ", before its grid begins at " + layout.gridOffset() + ".");
            return false;
        }
        if (length % DataFileLayout.SECTOR != 0) {
            findings.fail(
                    "length-not-sectors",
                    "a multiple of " + DataFileLayout.SECTOR,
                    length + " bytes",
                    "The file ends at offset " + length + ", within a sector: it was cut off or added to.");
        }
        return storage(layout, superblock.checkpoint(), findings);
    }

    private static boolean storage(DataFileLayout layout, Checkpoint checkpoint, Findings findings) {
        long grid = checkpoint.storageSize() - layout.gridOffset();
        boolean possible = checkpoint.storageSize() >= layout.gridOffset() && grid % layout.blockSize() == 0;
        if (!possible) {
            findings.fail(
                    "storage-size-impossible",
                    layout.gridOffset() + " and whole blocks",
                    Long.toUnsignedString(checkpoint.storageSize()),
                    "The storage size at offset " + SuperblockFormat.STORAGE_SIZE + " is "
                            + Long.toUnsignedString(checkpoint.storageSize()) + ", not a whole number of blocks.");
        }
        return possible;
    }

    /** Broken log headers: a few are what a crash leaves, or other replicas repair; many are a log that is lost. */
    static void log(DataFile file, Findings findings) {
        DataFileLayout layout = file.layout();
        List<WalSlot> slots = file.log().slots();
        int lost = 0;
        for (WalSlot slot : slots) {
            if (slot.header() == null && slot.prepare() == null) {
                lost++;
            }
            if (slot.header() == null) {
                warnBroken(findings, "header", slot, layout.headerOffset(slot.index()));
            }
            if (slot.prepare() == null) {
                warnBroken(findings, "prepare", slot, layout.prepareOffset(slot.index()));
            }
        }
        if (lost > layout.writesInFlight()) {
            findings.fail(
                    "log-lost",
                    "at most " + layout.writesInFlight() + " broken slots",
                    Integer.toString(lost),
                    lost + " of " + slots.size()
                            + " slots of the write-ahead log are broken in both rings, from offset "
                            + layout.walHeadersOffset() + " on.");
        } else {
            String found = (slots.size() - lost) + " of " + slots.size();
            findings.pass("log-readable", found, found + " slots of the write-ahead log can be read.");
        }
    }

    private static void warnBroken(Findings findings, String ring, WalSlot slot, long offset) {
        findings.warn(
                "log-" + ring + "-broken",
                "a true checksum",
                "a broken " + ring,
                "The " + ring + " of log slot " + slot.index() + " at offset " + offset + " is broken.");
    }
}
