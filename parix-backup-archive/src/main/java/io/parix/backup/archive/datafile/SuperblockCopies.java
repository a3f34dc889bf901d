package io.parix.backup.archive.datafile;

import static io.parix.backup.archive.datafile.Bytes.u16;
import static io.parix.backup.archive.datafile.Bytes.u64;

import io.parix.backup.host.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The headers of the four superblock copies of one file, and what each is worth. */
final class SuperblockCopies {
    /**
     * One valid copy.
     *
     * @param slot where it lies, 0 to 3
     * @param number which copy it says it is; the slot where it says something impossible
     * @param superblock what it says
     */
    record Copy(int slot, int number, Superblock superblock) {}

    private final List<Copy> valid;

    private SuperblockCopies(List<Copy> valid) {
        this.valid = List.copyOf(valid);
    }

    /** Reads the four headers; each copy that is broken or misnumbered becomes a finding. */
    static SuperblockCopies read(Image image, Findings findings) {
        List<Copy> valid = new ArrayList<>();
        byte[] header = new byte[SuperblockFormat.HEADER_SIZE];
        byte[] lastValid = new byte[SuperblockFormat.HEADER_SIZE];
        for (int slot = 0; slot < DataFileLayout.SUPERBLOCK_COPIES; slot++) {
            Arrays.fill(header, (byte) 0);
            long offset = (long) slot * DataFileLayout.SUPERBLOCK_COPY_SIZE;
            int read = ImageBytes.read(image, offset, header, header.length);
            boolean same = !valid.isEmpty() && sameButNumber(header, lastValid);
            if (read < header.length || !(same || isValid(header))) {
                broken(findings, slot, offset, header);
            } else {
                System.arraycopy(header, 0, lastValid, 0, header.length);
                valid.add(new Copy(slot, number(findings, slot, offset, header), Superblock.parse(header)));
            }
        }
        return new SuperblockCopies(valid);
    }

    List<Copy> valid() {
        return valid;
    }

    /** What is the same as a valid copy is valid: the checksum does not cover the number, and is not computed twice. */
    private static boolean sameButNumber(byte[] header, byte[] valid) {
        return Arrays.equals(header, 0, SuperblockFormat.COPY, valid, 0, SuperblockFormat.COPY)
                && Arrays.equals(
                        header, SuperblockFormat.CHECKED, header.length, valid, SuperblockFormat.CHECKED, valid.length);
    }

    private static boolean isValid(byte[] header) {
        return UInt128.read(header, SuperblockFormat.CHECKSUM_PADDING).isZero()
                && SuperblockFormat.checksum(header, 0).equals(UInt128.read(header, SuperblockFormat.CHECKSUM))
                && u64(header, SuperblockFormat.CHECKPOINT_HEADER + HeaderFormat.OP) >= 0;
    }

    private static void broken(Findings findings, int slot, long offset, byte[] header) {
        boolean zero = Bytes.isZero(header, 0, header.length);
        String found = zero ? "only zeros" : "a wrong checksum";
        findings.warn(
                zero ? "superblock-copy-zero" : "superblock-copy-broken",
                "a true checksum",
                found,
                "Superblock copy " + slot + " at offset " + offset + " has " + found + ".");
    }

    private static int number(Findings findings, int slot, long offset, byte[] header) {
        int stated = u16(header, SuperblockFormat.COPY);
        if (stated != slot) {
            findings.warn(
                    "superblock-copy-misnumbered",
                    Integer.toString(slot),
                    Integer.toString(stated),
                    "Superblock copy " + slot + " at offset " + (offset + SuperblockFormat.COPY) + " says it is copy "
                            + stated + ".");
        }
        return stated < DataFileLayout.SUPERBLOCK_COPIES ? stated : slot;
    }
}
