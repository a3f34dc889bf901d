package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.HeaderFormat;
import io.parix.backup.archive.datafile.UInt128;
import java.util.Arrays;

/** A block that was once written at an address. */
sealed interface GridBlock {
    /** {@return header and body in bytes} */
    int size();

    /** Writes the block into the start of {@code target}, and leaves what follows as it is. */
    void fill(Recipe recipe, byte[] target);

    /** Values of a table, made anew each time they are wanted; always as long as a block can be. */
    record Table(long address, long seed, int size) implements GridBlock {
        @Override
        public void fill(Recipe recipe, byte[] target) {
            Arrays.fill(target, 0, HeaderFormat.SIZE, (byte) 0);
            recipe.header(target, HeaderFormat.COMMAND_BLOCK, size);
            int count = (size - HeaderFormat.SIZE) / Records.SIZE;
            Words.u32(target, HeaderFormat.PARENT, count);
            Words.u32(target, HeaderFormat.PARENT + 4, count);
            Words.u32(target, HeaderFormat.PARENT + 8, Records.SIZE);
            Words.u64(target, HeaderFormat.ADDRESS, address);
            target[HeaderFormat.BLOCK_TYPE] = HeaderFormat.BLOCK_VALUE;
            Arrays.fill(target, HeaderFormat.SIZE, size, (byte) 0);
            Records.fill(target, HeaderFormat.SIZE, count, seed, recipe.noise());
            HeaderFormat.seal(target, 0, size);
        }
    }

    /** A block of a trailer or of the manifest, kept as it is. */
    final class Kept implements GridBlock {
        private final byte[] bytes;

        Kept(byte[] sealed) {
            bytes = sealed;
        }

        UInt128 checksum() {
            return UInt128.read(bytes, HeaderFormat.CHECKSUM);
        }

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public void fill(Recipe recipe, byte[] target) {
            System.arraycopy(bytes, 0, target, 0, bytes.length);
        }
    }
}
