package io.parix.backup.archive.datafile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One slot of the write-ahead log, as its two rings tell it.
 *
 * @param index 0 to the number of slots − 1; operation {@code o} lies in slot {@code o} modulo that number
 * @param header from the ring of headers; null when it is broken
 * @param prepare from the ring of prepares, its body not looked at; null when it is broken
 */
public record WalSlot(
        int index, @Nullable PrepareHeader header, @Nullable PrepareHeader prepare) {

    /** {@return whether the rings hold different operations: written at different moments, or torn by a crash} */
    public boolean differs() {
        return header != null
                && prepare != null
                && !header.reserved()
                && !prepare.reserved()
                && header.op() != prepare.op();
    }

    /**
     * The prepare that a replica recovers from this slot by itself, decided as in {@code src/vsr/journal.zig}.
     *
     * <p>A prepare whose header in the ring is lost counts when it is the newest (that header was about to be written),
     * or when there is no other replica that could have written another.
     *
     * @param replicaCount how many replicas the cluster has
     * @param head the highest operation in this log
     * @return the prepare, or empty when there is none or TigerBeetle asks other replicas for it
     */
    Optional<PrepareHeader> recovered(int replicaCount, long head) {
        if (prepare == null || prepare.reserved()) {
            return Optional.empty();
        }
        boolean counts = header == null
                ? replicaCount == 1 || prepare.op() == head
                : header.reserved()
                        || header.op() < prepare.op()
                        || header.checksum().equals(prepare.checksum());
        return counts ? Optional.of(prepare) : Optional.empty();
    }
}
