package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.Aegis128L;
import io.parix.backup.archive.datafile.HeaderFormat;
import io.parix.backup.archive.datafile.UInt128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the grid of the next checkpoint as TigerBeetle does: new blocks go to addresses that are free, the blocks that they
 * replace stay in use until the checkpoint after.
 */
final class GridStep {
    private final Recipe recipe;
    private final long seed;
    private final NavigableSet<Long> taken;
    private final NavigableMap<Long, List<GridBlock>> written;
    private final NavigableSet<Long> tables;
    private final NavigableSet<Long> released = new TreeSet<>();
    private long cursor;

    private GridStep(Recipe recipe, Grid before, long seed) {
        this.recipe = recipe;
        this.seed = seed;
        taken = before.pinned();
        written = new TreeMap<>(before.written());
        tables = new TreeSet<>(before.tables());
        released.addAll(before.sessions().addresses());
        released.addAll(before.manifest().addresses());
    }

    /** How many tables are written anew, and how many are added. */
    record Change(long seed, int replaced, int added) {}

    /** The grid at the next checkpoint. */
    static Grid next(Recipe recipe, Grid before, Change change) {
        GridStep step = new GridStep(recipe, before, change.seed);
        step.replace(change.replaced);
        step.add(change.replaced + change.added);
        return step.seal();
    }

    private void replace(int count) {
        List<Long> candidates = new ArrayList<>(tables);
        Collections.shuffle(candidates, new Random(seed));
        candidates.subList(0, count).forEach(address -> {
            tables.remove(address);
            released.add(address);
        });
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            long address = allocate();
            tables.add(address);
            put(
                    address,
                    new GridBlock.Table(
                            address,
                            Words.mix(seed ^ address << 20),
                            recipe.layout().blockSize()));
        }
    }

    private Grid seal() {
        Grid.Chain manifest = chain(manifestBytes(), HeaderFormat.BLOCK_MANIFEST);
        Grid.Chain sessions = chain(sessionBytes(), HeaderFormat.BLOCK_CLIENT_SESSIONS);
        NavigableSet<Long> acquired = new TreeSet<>(tables);
        acquired.addAll(manifest.addresses());
        acquired.addAll(sessions.addresses());
        acquired.addAll(released);
        Grid.Chain acquiredTrailer = chain(Ewah.encode(acquired), HeaderFormat.BLOCK_FREE_SET);
        Grid.Chain releasedTrailer = chain(Ewah.encode(released), HeaderFormat.BLOCK_FREE_SET);
        return new Grid(written, tables, released, acquiredTrailer, releasedTrailer, sessions, manifest);
    }

    private Grid.Chain chain(byte[] bytes, int type) {
        if (bytes.length == 0) {
            return Grid.Chain.NONE;
        }
        int count = (bytes.length + recipe.blockBody() - 1) / recipe.blockBody();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(allocate());
        }
        UInt128 checksum = UInt128.ZERO;
        long previous = 0;
        for (int i = 0; i < count; i++) {
            int from = i * recipe.blockBody();
            byte[] body = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + recipe.blockBody()));
            byte[] block = block(type, addresses.get(i), body);
            checksum.write(block, HeaderFormat.PREVIOUS_CHECKSUM);
            Words.u64(block, HeaderFormat.PREVIOUS_ADDRESS, previous);
            HeaderFormat.seal(block, 0, block.length);
            put(addresses.get(i), new GridBlock.Kept(block));
            checksum = UInt128.read(block, HeaderFormat.CHECKSUM);
            previous = addresses.get(i);
        }
        return new Grid.Chain(Aegis128L.checksum(bytes), bytes.length, checksum, previous, List.copyOf(addresses));
    }

    private byte[] block(int type, long address, byte[] body) {
        byte[] block = new byte[HeaderFormat.SIZE + body.length];
        recipe.header(block, HeaderFormat.COMMAND_BLOCK, block.length);
        Words.u64(block, HeaderFormat.ADDRESS, address);
        block[HeaderFormat.BLOCK_TYPE] = (byte) type;
        if (type == HeaderFormat.BLOCK_MANIFEST) {
            Words.u32(block, HeaderFormat.PREVIOUS_ADDRESS + 8, body.length / Records.SIZE);
        }
        System.arraycopy(body, 0, block, HeaderFormat.SIZE, body.length);
        return block;
    }

    /** One entry for so many tables as an index block names in a real file, roughly. */
    private byte[] manifestBytes() {
        int entries = tables.size() / 32 + 1;
        byte[] bytes = new byte[entries * Records.SIZE];
        Records.fill(bytes, 0, entries, seed, 0);
        return bytes;
    }

    private byte[] sessionBytes() {
        byte[] bytes = new byte[recipe.layout().clientSlots() * (HeaderFormat.SIZE + Long.BYTES)];
        byte[] reply = Replies.header(recipe, seed);
        System.arraycopy(reply, 0, bytes, 0, reply.length);
        Words.u64(bytes, recipe.layout().clientSlots() * HeaderFormat.SIZE, 1);
        return bytes;
    }

    private long allocate() {
        while (!taken.add(recipe.address(cursor))) {
            cursor++;
        }
        return recipe.address(cursor++);
    }

    private void put(long address, GridBlock block) {
        List<GridBlock> layers = new ArrayList<>();
        for (GridBlock below : written.getOrDefault(address, List.of())) {
            if (Sectors.whole(below.size()) > Sectors.whole(block.size())) {
                layers.add(below);
            }
        }
        layers.add(block);
        written.put(address, List.copyOf(layers));
    }
}
