package io.parix.backup.archive.datafile;

import io.parix.backup.Report;
import io.parix.backup.host.Image;
import io.parix.backup.spi.Checksums;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a running replica would change first: the superblock copies and all log headers of both rings, as checksums.
 *
 * <p>Taken before and after an export; a difference means that the image moved (spec C7). Equal fingerprints are no proof
 * of the opposite.
 *
 * @param image the image's name
 * @param replica the replica's index
 * @param layout where the parts lie
 * @param length the file's length in bytes
 * @param parts checksums of the superblock headers, of the sectors of the header ring, of the header in each prepare slot
 */
public record Fingerprint(String image, int replica, DataFileLayout layout, long length, List<UInt128> parts) {
    private static final int COPIES = DataFileLayout.SUPERBLOCK_COPIES;

    /** Copies the list. */
    public Fingerprint {
        parts = List.copyOf(parts);
    }

    /**
     * Takes the fingerprint of an image; reads at most 1 MiB.
     *
     * @param image the image
     * @param file what was read from it before
     * @return its fingerprint
     * @throws io.parix.backup.FailedException with {@link io.parix.backup.ErrorCode#IMAGE_UNREADABLE}
     */
    public static Fingerprint of(Image image, DataFile file) {
        DataFileLayout layout = file.layout();
        Parts parts = new Parts(image);
        for (int copy = 0; copy < COPIES; copy++) {
            parts.add((long) copy * DataFileLayout.SUPERBLOCK_COPY_SIZE, SuperblockFormat.HEADER_SIZE);
        }
        for (int sector = 0; sector < layout.walHeadersSize() / DataFileLayout.SECTOR; sector++) {
            parts.add(layout.walHeadersOffset() + (long) sector * DataFileLayout.SECTOR, DataFileLayout.SECTOR);
        }
        for (int slot = 0; slot < layout.walSlots(); slot++) {
            parts.add(layout.prepareOffset(slot), HeaderFormat.SIZE);
        }
        return new Fingerprint(image.name(), file.index(), layout, ImageBytes.length(image), parts.digests);
    }

    /** Digests spans of an image. Any digest would do; SHA-256 is the one that the export needs warm anyway. */
    private static final class Parts {
        private final Image image;
        private final List<UInt128> digests = new ArrayList<>();
        private final MessageDigest sha = Checksums.newSha256();
        private final byte[] buffer = new byte[SuperblockFormat.HEADER_SIZE];

        Parts(Image image) {
            this.image = image;
        }

        void add(long offset, int count) {
            sha.update(buffer, 0, ImageBytes.read(image, offset, buffer, count));
            digests.add(UInt128.read(sha.digest(), 0));
        }
    }

    /**
     * Compares with what was there before.
     *
     * @param before the fingerprint of the same image, taken earlier
     * @return one check of rule C7 for each part that changed, or one that passed
     */
    public Report unmovedSince(Fingerprint before) {
        Findings findings = new Findings("C7");
        if (length != before.length) {
            moved(findings, "its length", before.length + " bytes", length + " bytes");
        }
        for (int i = 0; i < Math.min(parts.size(), before.parts.size()); i++) {
            if (!parts.get(i).equals(before.parts.get(i))) {
                moved(
                        findings,
                        what(i),
                        before.parts.get(i).toString(),
                        parts.get(i).toString());
            }
        }
        if (!layout.equals(before.layout)) {
            moved(findings, "its layout", before.layout.name(), layout.name());
        }
        if (!findings.failed()) {
            findings.pass("image-unmoved", image, "Replica " + replica + " (" + image + ") did not change.");
        }
        return findings.report();
    }

    private void moved(Findings findings, String what, String expected, String found) {
        findings.fail(
                "image-moved",
                expected,
                found,
                "Replica " + replica + " (" + image + ") changed while it was read: " + what + ".");
    }

    private String what(int part) {
        int sectors = layout.walHeadersSize() / DataFileLayout.SECTOR;
        if (part < COPIES) {
            return "superblock copy " + part + " at offset " + (long) part * DataFileLayout.SUPERBLOCK_COPY_SIZE;
        }
        if (part < COPIES + sectors) {
            return "log headers at offset "
                    + (layout.walHeadersOffset() + (long) (part - COPIES) * DataFileLayout.SECTOR);
        }
        int slot = part - COPIES - sectors;
        return "the prepare in log slot " + slot + " at offset " + layout.prepareOffset(slot);
    }
}
