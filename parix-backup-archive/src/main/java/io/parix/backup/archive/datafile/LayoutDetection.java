package io.parix.backup.archive.datafile;

import io.parix.backup.host.Image;
import java.util.Optional;

/**
 * Finds out which layout a file has.
 *
 * <p>The members in a superblock are a checksum of the cluster's configuration, so a known configuration proves its
 * layout. Another release may have another configuration of the same sizes: then places decide, namely log slots and grid
 * blocks that say where they lie.
 */
final class LayoutDetection {
    private LayoutDetection() {}

    static Optional<DataFileLayout> detect(Image image, Superblock superblock, Findings findings) {
        for (DataFileLayout layout : DataFileLayout.KNOWN) {
            if (layout.members(superblock.cluster()).equals(superblock.members())) {
                findings.pass("layout-known", layout.name(), "The layout is " + layout.name() + ".");
                return Optional.of(layout);
            }
        }
        Optional<DataFileLayout> fits = DataFileLayout.KNOWN.stream()
                .filter(layout -> fits(image, superblock, layout))
                .findFirst();
        fits.ifPresentOrElse(
                layout -> findings.warn(
                        "layout-unverified",
                        "members of a known configuration",
                        superblock.members().get(0).toString(),
                        "The members at offset " + SuperblockFormat.MEMBERS + " are of no known configuration; log "
                                + "slots and grid blocks lie as in the layout " + layout.name() + "."),
                () -> findings.fail(
                        "layout-unknown",
                        "members of a known configuration",
                        superblock.members().get(0).toString(),
                        "The members at offset " + SuperblockFormat.MEMBERS + " are of no known configuration, and "
                                + "log slots or grid blocks do not lie as in any known layout."));
        return fits;
    }

    private static boolean fits(Image image, Superblock superblock, DataFileLayout layout) {
        return ImageBytes.length(image) >= layout.gridOffset()
                && logFits(WriteAheadLog.read(image, layout, superblock.cluster()), layout)
                && blockFits(image, layout, superblock.checkpoint().acquired())
                && blockFits(image, layout, superblock.checkpoint().clientSessions());
    }

    private static boolean logFits(WriteAheadLog log, DataFileLayout layout) {
        long whole = log.slots().stream()
                .filter(s -> s.header() != null && s.prepare() != null)
                .count();
        return whole > layout.walSlots() / 2;
    }

    private static boolean blockFits(Image image, DataFileLayout layout, Checkpoint.Trailer trailer) {
        if (trailer.lastAddress() == 0) {
            return true;
        }
        if (!layout.holds(trailer.lastAddress())) {
            return false;
        }
        byte[] header = new byte[HeaderFormat.SIZE];
        ImageBytes.read(image, layout.blockOffset(trailer.lastAddress()), header, header.length);
        BlockHeader block = BlockHeader.parse(header, 0);
        return block != null && block.address() == trailer.lastAddress();
    }
}
