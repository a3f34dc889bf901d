package io.parix.backup.archive.datafile;

import static io.parix.backup.archive.datafile.Bytes.u32;
import static io.parix.backup.archive.datafile.Bytes.u64;
import static io.parix.backup.archive.datafile.Bytes.u8;

import org.jspecify.annotations.Nullable;

/**
 * The header of a prepare: one operation of the replicated log.
 *
 * @param checksum the header's checksum, which identifies the prepare
 * @param bodyChecksum checksum of what follows the header
 * @param parent checksum of the prepare of the operation before
 * @param cluster the cluster id
 * @param size header and body in bytes
 * @param view the view in which it was made
 * @param op the operation's number, from 0
 * @param commit the highest operation that was committed when it was made
 * @param operation what it does; {@link HeaderFormat#OPERATION_RESERVED} in a log slot that holds nothing
 */
public record PrepareHeader(
        UInt128 checksum,
        UInt128 bodyChecksum,
        UInt128 parent,
        UInt128 cluster,
        long size,
        long view,
        long op,
        long commit,
        int operation) {

    /** Reads a header; null when it is not one: a wrong checksum, another command, or numbers that cannot be. */
    static @Nullable PrepareHeader parse(byte[] bytes, int at) {
        if (u8(bytes, at + HeaderFormat.COMMAND) != HeaderFormat.COMMAND_PREPARE || !HeaderFormat.isSealed(bytes, at)) {
            return null;
        }
        PrepareHeader header = unchecked(bytes, at);
        boolean possible = header.op >= 0 && header.commit >= 0 && header.size >= HeaderFormat.SIZE;
        return possible ? header : null;
    }

    static PrepareHeader unchecked(byte[] bytes, int at) {
        return new PrepareHeader(
                UInt128.read(bytes, at + HeaderFormat.CHECKSUM),
                UInt128.read(bytes, at + HeaderFormat.BODY_CHECKSUM),
                UInt128.read(bytes, at + HeaderFormat.PARENT),
                UInt128.read(bytes, at + HeaderFormat.CLUSTER),
                u32(bytes, at + HeaderFormat.MESSAGE_SIZE),
                u32(bytes, at + HeaderFormat.VIEW),
                u64(bytes, at + HeaderFormat.OP),
                u64(bytes, at + HeaderFormat.COMMIT),
                u8(bytes, at + HeaderFormat.OPERATION));
    }

    /** {@return whether this marks a log slot that holds nothing} */
    public boolean reserved() {
        return operation == HeaderFormat.OPERATION_RESERVED;
    }
}
