package io.parix.backup.benchmarks;

import io.parix.backup.archive.datafile.DataFileLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Changes a share of the used grid blocks of a copied data file, at the same places and in the same way in every replica.
 *
 * <p>For real files only, of which nobody can write a next checkpoint without TigerBeetle. A changed block keeps its header, so
 * the database would refuse it; a backup with full read does not look.
 *
 * @param layout where the grid lies
 * @param percent of the used blocks, spread evenly
 * @param seed what the new bytes come from
 */
record BlockChange(DataFileLayout layout, double percent, long seed) {
    /**
     * Changes a file.
     *
     * @param file a data file that may be written
     * @return how many blocks were changed
     */
    int apply(Path file) throws IOException {
        int changed = 0;
        double owed = 1;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long length = channel.size();
            for (long address = 1; layout.blockOffset(address + 1) <= length; address++) {
                if (isUsed(channel, layout.blockOffset(address))) {
                    owed += percent / 100;
                    if (owed >= 1) {
                        write(channel, address);
                        owed -= 1;
                        changed++;
                    }
                }
            }
        }
        return changed;
    }

    private static boolean isUsed(FileChannel channel, long offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(DataFileLayout.HEADER_SIZE);
        channel.read(header, offset);
        for (byte value : header.array()) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    private void write(FileChannel channel, long address) throws IOException {
        int size = layout.blockSize() - DataFileLayout.HEADER_SIZE;
        ByteBuffer body = ByteBuffer.allocate(size);
        SplittableRandom random = new SplittableRandom(seed ^ address);
        // One random long of four: about as compressible as tables are.
        for (int position = 0; position + Long.BYTES <= size; position += 4 * Long.BYTES) {
            body.putLong(position, random.nextLong());
        }
        channel.write(body, layout.blockOffset(address) + DataFileLayout.HEADER_SIZE);
    }
}
