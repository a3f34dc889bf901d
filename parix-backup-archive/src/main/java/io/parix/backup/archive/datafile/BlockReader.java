package io.parix.backup.archive.datafile;

import io.parix.backup.host.Image;
import org.jspecify.annotations.Nullable;

/** Reads grid blocks into one buffer, and says of each what is wrong with it. */
final class BlockReader {
    private final Image image;
    private final DataFile file;
    private final Findings findings;
    private final byte[] buffer;

    BlockReader(Image image, DataFile file, Findings findings) {
        this.image = image;
        this.file = file;
        this.findings = findings;
        buffer = new byte[file.layout().blockSize()];
    }

    /** The bytes of the block read last, header first. */
    byte[] buffer() {
        return buffer;
    }

    /** The highest address of which the file has at least the first byte. */
    long highest() {
        long grid = file.length() - file.layout().gridOffset();
        return (grid + file.layout().blockSize() - 1) / file.layout().blockSize();
    }

    /** Reads a block whose header and body are true; null when they are not, with the finding that says why. */
    @Nullable
    BlockHeader read(long address) {
        if (address < 1 || address > highest()) {
            return broken("grid-cut-off", address, "lies beyond the end of the file at " + file.length());
        }
        long offset = file.layout().blockOffset(address);
        int length = (int) Math.min(buffer.length, file.length() - offset);
        ImageBytes.readFully(image, offset, buffer, length);
        if (length < HeaderFormat.SIZE || Bytes.isZero(buffer, 0, HeaderFormat.SIZE)) {
            return broken("block-zero", address, "is zero");
        }
        BlockHeader block = BlockHeader.parse(buffer, 0);
        if (block == null || block.size() > buffer.length) {
            return broken("block-header-broken", address, "has a broken header");
        }
        if (block.address() != address) {
            return broken(
                    "block-misplaced", address, "is the block of address " + Long.toUnsignedString(block.address()));
        }
        if (!block.cluster().equals(file.superblock().cluster())) {
            return broken(
                    "block-foreign", address, "is of cluster " + block.cluster().decimal());
        }
        if (block.size() > length) {
            return broken("grid-cut-off", address, "is cut off by the end of the file at " + file.length());
        }
        int body = (int) block.size() - HeaderFormat.SIZE;
        if (!Aegis128L.checksum(buffer, HeaderFormat.SIZE, body).equals(block.bodyChecksum())) {
            return broken("block-body-broken", address, "has a wrong body checksum");
        }
        return block;
    }

    private @Nullable BlockHeader broken(String code, long address, String fact) {
        String where = file.layout().holds(address)
                ? " at offset " + file.layout().blockOffset(address)
                : ", which no file has,";
        findings.fail(
                code,
                "a block with true checksums",
                fact,
                "Grid block " + Long.toUnsignedString(address) + where + " " + fact + ".");
        return null;
    }
}
