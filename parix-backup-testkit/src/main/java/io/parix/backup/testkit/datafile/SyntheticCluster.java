package io.parix.backup.testkit.datafile;

import io.parix.backup.ByteSize;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.datafile.Release;
import io.parix.backup.archive.datafile.SuperblockFormat;
import io.parix.backup.archive.datafile.UInt128;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic cluster at one moment of its life. Immutable: time passes by {@link #advance} and {@link #nextCheckpoint},
 * which give the cluster at a later moment; the same recipe and seed give the same bytes.
 *
 * <p>Its files are what {@code tigerbeetle format} writes, and after that have true superblocks, log and grid: used blocks
 * are the same in all replicas, superblocks are each replica's own. They pass the database check.
 */
public final class SyntheticCluster {
    /** Operations that are in the log beyond what a checkpoint waits for. */
    private static final int PIPELINE = 4;

    private final Recipe recipe;
    private final Seeds seeds;
    private final State state;
    private final byte[] checkpoint;
    private final List<UInt128> checkpointIds;

    /** What makes two lives of one cluster differ from here on. */
    private record Seeds(long log, long grid, long view) {}

    /** Where a life has come: ids of the checkpoints before this one, checksums of the superblocks before these. */
    private record State(Grid grid, OpLog log, List<UInt128> earlier, List<UInt128> parents) {}

    private SyntheticCluster(Recipe recipe, Seeds seeds, State state) {
        this.recipe = recipe;
        this.seeds = seeds;
        this.state = state;
        checkpoint = SuperblockBytes.checkpoint(recipe, state.grid, state.log.header(checkpointOp()), state.earlier);
        List<UInt128> ids = new ArrayList<>(state.earlier);
        ids.add(SuperblockBytes.id(checkpoint));
        checkpointIds = List.copyOf(ids);
    }

    /**
     * Begins a recipe: three replicas of cluster 1, a grid of 64 tables.
     *
     * @param layout production for files as they are, tiny for tests
     * @return a builder
     */
    public static Builder builder(DataFileLayout layout) {
        return new Builder(layout);
    }

    private static SyntheticCluster formatted(Recipe recipe, long seed) {
        OpLog log = OpLog.root(recipe);
        List<UInt128> parents = IntStream.range(0, recipe.replicas())
                .mapToObj(i -> SuperblockBytes.beforeFirst(recipe, i))
                .toList();
        return new SyntheticCluster(recipe, new Seeds(seed, seed, 0), new State(Grid.EMPTY, log, List.of(), parents));
    }

    /**
     * Writes operations to the log, without a checkpoint.
     *
     * @param operations how many; the log must not reach past where the next checkpoint comes
     * @return the cluster after them
     */
    public SyntheticCluster advance(int operations) {
        long last = checkpointOp() + recipe.layout().walSlots() - 1;
        if (operations < 0 || head() + operations > last) {
            throw new IllegalArgumentException("Operation " + (head() + operations) + " is beyond " + last
                    + ", where the next checkpoint must have come");
        }
        return after(state.log.and(operations, new OpLog.Author(seeds.view, seeds.log, checkpointIds)));
    }

    /**
     * Lives on to the next checkpoint: operations go through the log, a share of the tables is written anew at other
     * addresses, superblocks have the next sequence.
     *
     * @param share of the tables, 0 to 1
     * @return the cluster a few operations after that checkpoint
     */
    public SyntheticCluster nextCheckpoint(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("A share is between 0 and 1, not " + share);
        }
        return nextCheckpoint((int) Math.ceil(share * state.grid.tables().size()), 0);
    }

    private SyntheticCluster nextCheckpoint(int replaced, int added) {
        long op = (long) checkpointIds.size() * recipe.interval() - 1;
        Seeds later = new Seeds(seeds.log, seeds.grid, Math.max(1, seeds.view));
        long more = Math.max(0, op + recipe.bar() + PIPELINE - head());
        OpLog log = state.log.and(more, new OpLog.Author(later.view, later.log, checkpointIds));
        Grid grid = GridStep.next(recipe, state.grid, new GridStep.Change(Words.mix(seeds.grid) + op, replaced, added));
        List<UInt128> superblocks = IntStream.range(0, recipe.replicas())
                .mapToObj(i -> UInt128.read(SuperblockBytes.header(this, replica(i)), SuperblockFormat.CHECKSUM))
                .toList();
        return new SyntheticCluster(recipe, later, new State(grid, log, checkpointIds, superblocks));
    }

    private SyntheticCluster after(OpLog log) {
        return new SyntheticCluster(recipe, seeds, new State(state.grid, log, state.earlier, state.parents));
    }

    /**
     * The same cluster in a later view; operations to come are of it.
     *
     * @param view not lower than before
     * @return the cluster in that view, its superblocks included
     */
    public SyntheticCluster inView(long view) {
        return new SyntheticCluster(recipe, new Seeds(seeds.log, seeds.grid, view), state);
    }

    /**
     * The same cluster, whose operations to come are others: two of these disagree in their logs.
     *
     * @param seed another seed
     * @return the cluster on another branch
     */
    public SyntheticCluster withLogSeed(long seed) {
        return new SyntheticCluster(recipe, new Seeds(seed, seeds.grid, seeds.view), state);
    }

    /**
     * The same cluster, whose tables to come are others: two of these disagree in their checkpoints.
     *
     * @param seed another seed
     * @return the cluster on another branch
     */
    public SyntheticCluster withGridSeed(long seed) {
        return new SyntheticCluster(recipe, new Seeds(seeds.log, seed, seeds.view), state);
    }

    /**
     * One replica.
     *
     * @param index from 0
     * @return its file
     */
    public SyntheticReplica replica(int index) {
        return SyntheticReplica.of(this, Objects.checkIndex(index, recipe.replicas()));
    }

    /** {@return all replicas' files in the order of their indexes} */
    public List<SyntheticReplica> replicas() {
        return IntStream.range(0, recipe.replicas()).mapToObj(this::replica).toList();
    }

    /** {@return all files in memory, for layouts that are small} */
    public List<SparseImage> images() {
        return replicas().stream().map(SyntheticReplica::image).toList();
    }

    /**
     * Writes all files into a directory, sparse, over what is there; each block is computed once.
     *
     * @param directory one that exists
     * @return the files in the order of the indexes
     * @throws IOException when they cannot be written
     */
    public List<Path> writeTo(Path directory) throws IOException {
        return write(directory, null);
    }

    /**
     * Brings files that an earlier moment wrote up to this one, by writing what differs.
     *
     * @param directory where {@code before} was written to
     * @param before an earlier moment of the same life
     * @return the files in the order of the indexes, as {@link #writeTo} would have written them
     * @throws IOException when they cannot be written
     */
    public List<Path> writeChanges(Path directory, SyntheticCluster before) throws IOException {
        return write(directory, before);
    }

    private List<Path> write(Path directory, @Nullable SyntheticCluster before) throws IOException {
        List<Path> paths = new ArrayList<>();
        List<FileSink> sinks = new ArrayList<>();
        try {
            for (SyntheticReplica replica : replicas()) {
                Path path = directory.resolve(replica.fileName());
                FileSink sink = before == null ? FileSink.create(path) : FileSink.open(path);
                paths.add(path);
                sinks.add(sink);
                replica.writeRoot(sink, before == null ? 0 : before.head() + 1);
            }
            GridWriter.write(recipe, before == null ? state.grid.written() : changedSince(before.state.grid), sinks);
            for (FileSink sink : sinks) {
                sink.setLength(state.grid.fileLength(recipe));
            }
        } finally {
            for (FileSink sink : sinks) {
                sink.close();
            }
        }
        return paths;
    }

    private NavigableMap<Long, List<GridBlock>> changedSince(Grid before) {
        NavigableMap<Long, List<GridBlock>> changed = new TreeMap<>(state.grid.written());
        changed.entrySet().removeIf(e -> e.getValue().equals(before.written().get(e.getKey())));
        return changed;
    }

    /** {@return the last operation in the checkpoint; 0 in a cluster that was just formatted} */
    public long checkpointOp() {
        return state.earlier.isEmpty() ? 0 : (long) state.earlier.size() * recipe.interval() - 1;
    }

    /** {@return the newest operation in the log} */
    public long head() {
        return state.log.head();
    }

    /** {@return the addresses of the tables in use, ascending; every one is needed by the checkpoint} */
    public List<Long> tables() {
        return List.copyOf(state.grid.tables());
    }

    Recipe recipe() {
        return recipe;
    }

    Grid grid() {
        return state.grid;
    }

    OpLog log() {
        return state.log;
    }

    long view() {
        return seeds.view;
    }

    long gridSeed() {
        return seeds.grid;
    }

    byte[] checkpoint() {
        return checkpoint;
    }

    long sequence() {
        return checkpointIds.size();
    }

    UInt128 parent(int replica) {
        return state.parents.get(replica);
    }

    /** What superblocks know to be committed: what the checkpoint waited for. */
    long commitMax() {
        return checkpointOp() == 0 ? 0 : checkpointOp() + recipe.bar();
    }

    /** Collects what a cluster is made of. */
    public static final class Builder {
        private final DataFileLayout layout;
        private UInt128 cluster = new UInt128(1, 0);
        private UInt128 configuration;
        private int replicas = 3;
        private Release release = new Release(0, 17, 8);
        private long seed = 1;
        private long used;
        private long fileSize;
        private int noise = 6;

        private Builder(DataFileLayout layout) {
            this.layout = layout;
            configuration = layout.configuration();
            used = 64L * layout.blockSize();
        }

        /**
         * Sets the cluster id.
         *
         * @param id 0 to 2^128 − 1
         * @return this
         */
        public Builder cluster(BigInteger id) {
            cluster = UInt128.of(id);
            return this;
        }

        /**
         * Sets another configuration than the layout's, as another release may have.
         *
         * @param checksum of that configuration
         * @return this
         */
        public Builder configuration(UInt128 checksum) {
            configuration = checksum;
            return this;
        }

        /**
         * Sets how many replicas there are.
         *
         * @param count 1 to 6
         * @return this
         */
        public Builder replicas(int count) {
            replicas = Objects.checkIndex(count - 1, SuperblockFormat.REPLICAS_MAX) + 1;
            return this;
        }

        /**
         * Sets the release that the files say.
         *
         * @param release any
         * @return this
         */
        public Builder release(Release release) {
            this.release = release;
            return this;
        }

        /**
         * Sets the seed.
         *
         * @param seed any; the same gives the same bytes
         * @return this
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Sets how much of the grid tables use.
         *
         * @param size rounded up to whole blocks
         * @return this
         */
        public Builder used(ByteSize size) {
            used = size.bytes();
            return this;
        }

        /**
         * Spreads the tables over a longer file, in extents of 64 blocks.
         *
         * @param size about what the file's length shall be
         * @return this
         */
        public Builder fileSize(ByteSize size) {
            fileSize = size.bytes();
            return this;
        }

        /**
         * Sets how hard the tables are to compress.
         *
         * @param bytes random bytes in each record of 128, 0 to 16
         * @return this
         */
        public Builder noise(int bytes) {
            noise = Objects.checkIndex(bytes, 17);
            return this;
        }

        /** {@return the cluster as it is right after formatting: no operations, no grid} */
        public SyntheticCluster formatted() {
            return SyntheticCluster.formatted(recipe(), seed);
        }

        /** {@return the cluster after its first checkpoint, with all its tables} */
        public SyntheticCluster build() {
            SyntheticCluster formatted = formatted();
            return formatted.nextCheckpoint(0, formatted.recipe.tables());
        }

        private Recipe recipe() {
            int tables = Math.toIntExact((used + layout.blockSize() - 1) / layout.blockSize());
            long addresses = Math.max(0, fileSize - layout.gridOffset()) / layout.blockSize();
            return new Recipe(layout, cluster, configuration, replicas, release, tables, addresses, noise);
        }
    }
}
