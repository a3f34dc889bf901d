package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.HeaderFormat;
import io.parix.backup.archive.datafile.UInt128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest operations of a cluster's log, each naming the one before by its checksum. Immutable.
 *
 * <p>Bodies are made anew each time they are wanted; all have the same size, so that no slot keeps an older tail.
 */
final class OpLog {
    private static final int RECORDS = 8;
    private static final int OPERATION = 147;

    /** The size of every prepare but the root. */
    static final int SIZE = HeaderFormat.SIZE + RECORDS * Records.SIZE;

    private static final class Entry {
        private final byte[] header;
        private final long seed;

        private Entry(byte[] header, long seed) {
            this.header = header;
            this.seed = seed;
        }
    }

    private final Recipe recipe;
    private final long first;
    private final List<Entry> entries;

    private OpLog(Recipe recipe, long first, List<Entry> entries) {
        this.recipe = recipe;
        this.first = first;
        this.entries = entries;
    }

    /** The log of a file that was just formatted: the root operation. */
    static OpLog root(Recipe recipe) {
        byte[] root = new byte[HeaderFormat.SIZE];
        recipe.header(root, HeaderFormat.COMMAND_PREPARE, root.length);
        Words.u32(root, HeaderFormat.RELEASE, 0);
        root[HeaderFormat.OPERATION] = HeaderFormat.OPERATION_ROOT;
        HeaderFormat.seal(root, 0, root.length);
        return new OpLog(recipe, 0, List.of(new Entry(root, 0)));
    }

    /** What slots hold that were never used. */
    static byte[] reserved(Recipe recipe, int slot) {
        byte[] header = new byte[HeaderFormat.SIZE];
        recipe.header(header, HeaderFormat.COMMAND_PREPARE, header.length);
        Words.u32(header, HeaderFormat.RELEASE, 0);
        Words.u64(header, HeaderFormat.OP, slot);
        HeaderFormat.seal(header, 0, header.length);
        return header;
    }

    long head() {
        return first + entries.size() - 1;
    }

    /** Who writes more of the log: in which view, from which seed, knowing which checkpoints. */
    record Author(long view, long seed, List<UInt128> checkpointIds) {}

    /** So many more operations. */
    OpLog and(long count, Author author) {
        List<Entry> more = new ArrayList<>(entries);
        for (long op = head() + 1; op <= first + entries.size() - 1 + count; op++) {
            long seed = Words.mix(author.seed) + op;
            more.add(new Entry(header(op, seed, more.get(more.size() - 1).header, author), seed));
        }
        // As much as a replica that is behind by a whole log may hold.
        int dropped = Math.max(0, more.size() - 3 * recipe.layout().walSlots());
        return new OpLog(recipe, first + dropped, List.copyOf(more.subList(dropped, more.size())));
    }

    private byte[] header(long op, long seed, byte[] parent, Author author) {
        byte[] message = new byte[SIZE];
        recipe.header(message, HeaderFormat.COMMAND_PREPARE, SIZE);
        Words.u32(message, HeaderFormat.VIEW, author.view);
        message[HeaderFormat.REPLICA] = (byte) (author.view % recipe.replicas());
        UInt128.read(parent, HeaderFormat.CHECKSUM).write(message, HeaderFormat.PARENT);
        int interval = (int) (op / recipe.interval());
        UInt128 checkpoint = interval == 0 ? UInt128.ZERO : author.checkpointIds.get(interval - 1);
        checkpoint.write(message, HeaderFormat.CHECKPOINT_ID);
        Words.u64(message, HeaderFormat.CLIENT, 7);
        Words.u64(message, HeaderFormat.OP, op);
        Words.u64(message, HeaderFormat.COMMIT, op - 1);
        Words.u64(message, HeaderFormat.TIMESTAMP, 1_700_000_000_000_000_000L + op * 1_000_000);
        Words.u32(message, HeaderFormat.REQUEST, op);
        message[HeaderFormat.OPERATION] = (byte) OPERATION;
        Records.fill(message, HeaderFormat.SIZE, RECORDS, seed, recipe.noise());
        HeaderFormat.seal(message, 0, SIZE);
        return Arrays.copyOf(message, HeaderFormat.SIZE);
    }

    /** The header of an operation that this log still has. */
    byte[] header(long op) {
        return entries.get((int) (op - first)).header;
    }

    /** Header and body of an operation. */
    byte[] message(long op) {
        Entry entry = entries.get((int) (op - first));
        if (op == 0) {
            return entry.header;
        }
        byte[] message = Arrays.copyOf(entry.header, SIZE);
        Records.fill(message, HeaderFormat.SIZE, RECORDS, entry.seed, recipe.noise());
        return message;
    }

    /** The newest operation up to {@code head} that a slot holds; negative when it was never used. */
    long opInSlot(int slot, long head) {
        long slots = recipe.layout().walSlots();
        return head - Math.floorMod(head - slot, slots);
    }
}
