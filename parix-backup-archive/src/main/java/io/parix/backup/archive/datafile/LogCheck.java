package io.parix.backup.archive.datafile;

import io.parix.backup.host.Image;
import java.util.List;

/** The log after the checkpoint: every operation up to the newest is there, header and body. */
final class LogCheck {
    private final Image image;
    private final DataFile file;
    private final Findings findings;
    private final byte[] buffer;
    private final long committed;

    private LogCheck(Image image, DataFile file, Findings findings) {
        this.image = image;
        this.file = file;
        this.findings = findings;
        buffer = new byte[file.layout().messageSize()];
        committed = CommittedOperations.highest(List.of(file));
    }

    static void check(Image image, DataFile file, Findings findings) {
        new LogCheck(image, file, findings).check();
    }

    private void check() {
        long checkpoint = file.superblock().checkpoint().op();
        long head = file.log().known().mapToLong(PrepareHeader::op).max().orElse(-1);
        if (head <= checkpoint) {
            findings.pass("log-complete", "none", "There are no operations after checkpoint " + checkpoint + ".");
            return;
        }
        int slots = file.layout().walSlots();
        if (head - checkpoint > slots) {
            findings.fail(
                    "log-beyond-checkpoint",
                    "at most " + slots + " operations after " + checkpoint,
                    "operation " + head,
                    "The log goes to operation " + head + ", and does not hold all after checkpoint " + checkpoint
                            + ".");
            return;
        }
        for (WalSlot slot : file.log().slots()) {
            long op = head - Math.floorMod(head - slot.index(), (long) slots);
            if (op > checkpoint) {
                look(slot, op);
            }
        }
        if (!findings.failed()) {
            String found = (checkpoint + 1) + "…" + head;
            findings.pass(
                    "log-complete", found, "The log after checkpoint " + checkpoint + " is there: " + found + ".");
        }
    }

    private void look(WalSlot slot, long op) {
        PrepareHeader prepare = slot.prepare();
        PrepareHeader header = slot.header();
        boolean whole = prepare != null && !prepare.reserved() && prepare.op() == op && bodyIsTrue(slot, prepare);
        if (whole) {
            return;
        }
        // A prepare is written before its header in the ring: a header that is there promises a whole prepare.
        boolean promised = header != null && !header.reserved() && header.op() == op;
        boolean never = prepare != null && prepare.op() != op && header != null && !promised;
        if (never && file.superblock().replicaCount() > 1) {
            findings.warn(
                    "log-op-not-here",
                    "operation " + op,
                    "an older one",
                    words(slot, op) + " was never written here; other replicas must have it.");
        } else if (!promised && op > committed && file.superblock().replicaCount() > 1) {
            findings.warn(
                    "prepare-unfinished",
                    "operation " + op,
                    "a part of it",
                    words(slot, op) + " was being written when the image was cut.");
        } else {
            findings.fail(
                    "prepare-torn",
                    "operation " + op,
                    "a part of it, or another",
                    words(slot, op) + " is not there whole.");
        }
    }

    private String words(WalSlot slot, long op) {
        return "The prepare of operation " + op + " in log slot " + slot.index() + " at offset "
                + file.layout().prepareOffset(slot.index());
    }

    private boolean bodyIsTrue(WalSlot slot, PrepareHeader prepare) {
        int size = (int) prepare.size();
        int read = ImageBytes.read(image, file.layout().prepareOffset(slot.index()), buffer, size);
        return read == size
                && Aegis128L.checksum(buffer, HeaderFormat.SIZE, size - HeaderFormat.SIZE)
                        .equals(prepare.bodyChecksum());
    }
}
