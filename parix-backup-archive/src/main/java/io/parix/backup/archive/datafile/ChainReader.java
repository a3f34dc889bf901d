package io.parix.backup.archive.datafile;

import java.util.Optional;

/** Reads what a chain of blocks holds, from its last block back to its first. */
final class ChainReader {
    /** The longest trailer that is read: the free set of a file of 128 TiB at its worst. */
    private static final long LONGEST = 32L << 20;

    private final BlockReader blocks;
    private final DataFileLayout layout;
    private final Findings findings;

    ChainReader(BlockReader blocks, DataFileLayout layout, Findings findings) {
        this.blocks = blocks;
        this.layout = layout;
        this.findings = findings;
    }

    /** The bytes of a trailer; empty when it is broken, with the finding that says where. */
    Optional<byte[]> trailer(String name, Checkpoint.Trailer trailer, int type) {
        if (trailer.size() < 0 || trailer.size() > LONGEST) {
            return broken(name, "at most " + LONGEST + " bytes", Long.toUnsignedString(trailer.size()) + " bytes");
        }
        byte[] bytes = new byte[(int) trailer.size()];
        int end = bytes.length;
        UInt128 checksum = trailer.lastChecksum();
        long address = trailer.lastAddress();
        int most = bytes.length / (layout.blockSize() - HeaderFormat.SIZE) + 1;
        for (int count = 0; address != 0 && end > 0; count++) {
            BlockHeader block = count < most ? blocks.read(address) : null;
            if (block == null || block.type() != type || !block.checksum().equals(checksum)) {
                return broken(name, "block " + address + " with checksum " + checksum, "another, or none");
            }
            int body = (int) block.size() - HeaderFormat.SIZE;
            if (body > end) {
                return broken(name, bytes.length + " bytes", "more in the blocks");
            }
            end -= body;
            System.arraycopy(blocks.buffer(), HeaderFormat.SIZE, bytes, end, body);
            checksum = block.previousChecksum();
            address = block.previousAddress();
        }
        boolean whole = end == 0 && address == 0 && Aegis128L.checksum(bytes).equals(trailer.checksum());
        return whole ? Optional.of(bytes) : broken(name, "the checksum " + trailer.checksum(), "another");
    }

    private Optional<byte[]> broken(String name, String expected, String found) {
        findings.fail(
                name + "-broken",
                expected,
                found,
                "The " + name.replace('-', ' ') + " of the checkpoint cannot be read: expected " + expected + ", found "
                        + found + ".");
        return Optional.empty();
    }

    /** Walks the manifest from its newest block to its oldest. */
    void manifest(Checkpoint.Manifest manifest) {
        UInt128 checksum = manifest.newestChecksum();
        long address = manifest.newestAddress();
        long left = Math.min(manifest.blocks(), blocks.highest());
        long oldest = 0;
        long walked = 0;
        while (walked < left) {
            BlockHeader block = blocks.read(address);
            if (block == null
                    || block.type() != HeaderFormat.BLOCK_MANIFEST
                    || !block.checksum().equals(checksum)) {
                broken("manifest", "block " + address + " with checksum " + checksum, "another, or none");
                return;
            }
            walked++;
            oldest = address;
            checksum = block.previousChecksum();
            address = block.previousAddress();
        }
        if (walked == manifest.blocks() && oldest == manifest.oldestAddress()) {
            findings.pass("manifest", walked + " blocks", "The manifest has its " + walked + " blocks.");
        } else {
            String expected = manifest.blocks() + " blocks, the oldest " + manifest.oldestAddress();
            broken("manifest", expected, walked + " blocks, the oldest " + oldest);
        }
    }
}
