package io.parix.backup.archive.datafile;

import io.parix.backup.Report;
import io.parix.backup.host.Image;

/**
 * Whether an image holds everything that its replica needs to go on: every block of the checkpoint, and the log after it,
 * with true checksums (spec C10).
 *
 * <p>TigerBeetle itself starts from a file whose grid is cut off, and notices nothing. Reads every block in use, in
 * ascending order but for the few that say which are in use; memory is two blocks, one message, and the encoded free set,
 * which may have 32 MiB. At most 16 findings of a kind are listed, then their number.
 */
public final class DatabaseCheck {
    private DatabaseCheck() {}

    /**
     * Checks one image.
     *
     * @param image any image, also one that reads from a backup
     * @return the findings of reading it as a data file, then those of rule C10
     * @throws io.parix.backup.FailedException with {@link io.parix.backup.ErrorCode#IMAGE_UNREADABLE}
     */
    public static Report of(Image image) {
        DataFileReading reading = DataFile.read(image);
        return reading.dataFile()
                .map(file -> reading.report().and(of(image, file)))
                .orElse(reading.report());
    }

    private static Report of(Image image, DataFile file) {
        Findings findings = new Findings("C10");
        LogCheck.check(image, file, findings);
        GridCheck.check(image, file, findings);
        return findings.report();
    }
}
