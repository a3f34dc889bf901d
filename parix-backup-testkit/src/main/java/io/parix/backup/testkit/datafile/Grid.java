package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.Aegis128L;
import io.parix.backup.archive.datafile.UInt128;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * The grid at a checkpoint. Never changed; {@link GridStep} makes the next one.
 *
 * @param written per address every block whose bytes are still there: a shorter one leaves the tail of a longer one
 * @param tables addresses of the tables in use
 * @param released addresses that become free with the next checkpoint
 * @param acquiredTrailer the encoded addresses in use, those released included
 * @param releasedTrailer the encoded addresses released
 * @param sessions the client sessions
 * @param manifest what would name the tables
 */
record Grid(
        NavigableMap<Long, List<GridBlock>> written,
        NavigableSet<Long> tables,
        NavigableSet<Long> released,
        Chain acquiredTrailer,
        Chain releasedTrailer,
        Chain sessions,
        Chain manifest) {
    /** A chain's last block, and the bytes that the whole chain holds. */
    record Chain(UInt128 checksum, long size, UInt128 lastChecksum, long lastAddress, List<Long> addresses) {
        static final Chain NONE = new Chain(Aegis128L.checksum(new byte[0]), 0, UInt128.ZERO, 0, List.of());
    }

    static final Grid EMPTY =
            new Grid(new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), Chain.NONE, Chain.NONE, Chain.NONE, Chain.NONE);

    /** Blocks that this checkpoint uses and the next one may keep using. */
    NavigableSet<Long> live() {
        NavigableSet<Long> live = new TreeSet<>(tables);
        live.addAll(sessions.addresses());
        live.addAll(manifest.addresses());
        return live;
    }

    /** Blocks that nothing may be written over before the next checkpoint. */
    NavigableSet<Long> pinned() {
        NavigableSet<Long> pinned = live();
        pinned.addAll(acquiredTrailer.addresses());
        pinned.addAll(releasedTrailer.addresses());
        return pinned;
    }

    /** The highest address in use, 0 when there is none. */
    long highest() {
        return LongStream.concat(
                        pinned().stream().mapToLong(Long::longValue),
                        released.stream().mapToLong(Long::longValue))
                .max()
                .orElse(0);
    }

    /** Where the file ends: after the last sector ever written. */
    long fileLength(Recipe recipe) {
        if (written.isEmpty()) {
            return recipe.layout().gridOffset();
        }
        int longest = written.lastEntry().getValue().stream()
                .mapToInt(GridBlock::size)
                .max()
                .orElseThrow();
        return recipe.layout().blockOffset(written.lastKey()) + Sectors.whole(longest);
    }
}
