package io.parix.backup.archive.datafile;

import io.parix.backup.host.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the write-ahead log, from both of its rings; no body is read.
 *
 * @param slots in order
 */
public record WriteAheadLog(List<WalSlot> slots) {
    /** Copies the list. */
    public WriteAheadLog {
        slots = List.copyOf(slots);
    }

    /** Reads 256 KiB of headers and 256 bytes of each prepare. The file must reach the end of the log. */
    static WriteAheadLog read(Image image, DataFileLayout layout, UInt128 cluster) {
        byte[] ring = new byte[layout.walHeadersSize()];
        ImageBytes.readFully(image, layout.walHeadersOffset(), ring, ring.length);
        byte[] header = new byte[HeaderFormat.SIZE];
        List<WalSlot> slots = new ArrayList<>();
        for (int slot = 0; slot < layout.walSlots(); slot++) {
            ImageBytes.readFully(image, layout.prepareOffset(slot), header, header.length);
            int at = slot * HeaderFormat.SIZE;
            PrepareHeader inRing = PrepareHeader.parse(ring, at);
            // Both rings hold the same header in nearly every slot, and a checksum is not computed twice.
            boolean same = Arrays.equals(ring, at, at + HeaderFormat.SIZE, header, 0, HeaderFormat.SIZE);
            PrepareHeader prepare = same ? inRing : PrepareHeader.parse(header, 0);
            slots.add(new WalSlot(
                    slot, belonging(inRing, slot, layout, cluster), belonging(prepare, slot, layout, cluster)));
        }
        return new WriteAheadLog(slots);
    }

    private static @Nullable PrepareHeader belonging(
            @Nullable PrepareHeader header, int slot, DataFileLayout layout, UInt128 cluster) {
        boolean belongs = header != null
                && header.op() % layout.walSlots() == slot
                && header.cluster().equals(cluster)
                && header.size() <= layout.messageSize();
        return belongs ? header : null;
    }

    /** {@return every header that is whole and no mere mark of an empty slot, from both rings} */
    public Stream<PrepareHeader> known() {
        return slots.stream()
                .flatMap(s -> Stream.of(s.header(), s.prepare()))
                .flatMap(Stream::ofNullable)
                .filter(h -> !h.reserved());
    }

    /** {@return the highest operation of which a prepare is in the log; −1 when there is none} */
    public long head() {
        return slots.stream()
                .map(WalSlot::prepare)
                .flatMap(Stream::ofNullable)
                .filter(h -> !h.reserved())
                .mapToLong(PrepareHeader::op)
                .max()
                .orElse(-1);
    }

    /**
     * The prepares that the replica recovers by itself when it starts.
     *
     * @param replicaCount how many replicas the cluster has
     * @return their headers, in the order of the slots
     */
    public List<PrepareHeader> recovered(int replicaCount) {
        long head = head();
        return slots.stream()
                .flatMap(s -> s.recovered(replicaCount, head).stream())
                .toList();
    }

    /** {@return the slots whose rings hold different operations} */
    public List<WalSlot> torn() {
        return slots.stream().filter(WalSlot::differs).toList();
    }
}
