package io.parix.backup.archive.datafile;

import static io.parix.backup.archive.datafile.Bytes.u32;
import static io.parix.backup.archive.datafile.Bytes.u64;
import static io.parix.backup.archive.datafile.Bytes.u8;

import org.jspecify.annotations.Nullable;

/**
 * The header of a grid block.
 *
 * @param checksum the header's checksum, which identifies the block and its content
 * @param bodyChecksum checksum of what follows the header
 * @param cluster the cluster id
 * @param size header and body in bytes
 * @param address the block's address, from 1
 * @param type what it holds, one of the {@code BLOCK_…} of {@link HeaderFormat}
 * @param previousChecksum in a chain, checksum of the block before; else without meaning
 * @param previousAddress in a chain, address of the block before, 0 in the first; else without meaning
 */
public record BlockHeader(
        UInt128 checksum,
        UInt128 bodyChecksum,
        UInt128 cluster,
        long size,
        long address,
        int type,
        UInt128 previousChecksum,
        long previousAddress) {

    /**
     * Reads the header of a grid block.
     *
     * @param bytes what holds it
     * @param at where it begins, with {@link HeaderFormat#SIZE} bytes after it
     * @return the header, or null when it is not one: a wrong checksum, another command or an impossible size
     */
    public static @Nullable BlockHeader parse(byte[] bytes, int at) {
        if (u8(bytes, at + HeaderFormat.COMMAND) != HeaderFormat.COMMAND_BLOCK || !HeaderFormat.isSealed(bytes, at)) {
            return null;
        }
        long size = u32(bytes, at + HeaderFormat.MESSAGE_SIZE);
        if (size < HeaderFormat.SIZE) {
            return null;
        }
        return new BlockHeader(
                UInt128.read(bytes, at + HeaderFormat.CHECKSUM),
                UInt128.read(bytes, at + HeaderFormat.BODY_CHECKSUM),
                UInt128.read(bytes, at + HeaderFormat.CLUSTER),
                size,
                u64(bytes, at + HeaderFormat.ADDRESS),
                u8(bytes, at + HeaderFormat.BLOCK_TYPE),
                UInt128.read(bytes, at + HeaderFormat.PREVIOUS_CHECKSUM),
                u64(bytes, at + HeaderFormat.PREVIOUS_ADDRESS));
    }
}
