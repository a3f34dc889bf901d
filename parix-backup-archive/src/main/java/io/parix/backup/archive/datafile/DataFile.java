package io.parix.backup.archive.datafile;

import io.parix.backup.ByteSize;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.host.Image;
import java.util.Optional;

/**
 * A data file's root and log headers, as one bounded read of its image found them.
 *
 * @param name the image's name
 * @param layout where its zones lie
 * @param length the file's length in bytes
 * @param superblock the superblock that it opens with
 * @param log the headers of its write-ahead log
 */
public record DataFile(String name, DataFileLayout layout, long length, Superblock superblock, WriteAheadLog log) {

    /**
     * Reads an image as a data file: four superblock headers and all log headers, at most 1 MiB in all.
     *
     * <p>Whatever the bytes are, this returns; only an image that cannot be read throws.
     *
     * @param image the image
     * @return the file, where it is one, and every finding
     * @throws io.parix.backup.FailedException with {@link io.parix.backup.ErrorCode#IMAGE_UNREADABLE}
     */
    public static DataFileReading read(Image image) {
        Findings findings = new Findings("C5");
        long length = ImageBytes.length(image);
        if (length == 0) {
            findings.fail("file-empty", "a data file", "0 bytes", "The file is empty.");
            return new DataFileReading(image.name(), null, findings.report());
        }
        Optional<DataFile> file = SuperblockQuorum.decide(SuperblockCopies.read(image, findings), findings)
                .filter(superblock -> FileChecks.superblock(superblock, findings))
                .flatMap(superblock -> LayoutDetection.detect(image, superblock, findings)
                        .filter(layout -> FileChecks.length(length, layout, superblock, findings))
                        .map(layout -> new DataFile(
                                image.name(),
                                layout,
                                length,
                                superblock,
                                WriteAheadLog.read(image, layout, superblock.cluster()))));
        file.ifPresent(f -> FileChecks.log(f, findings));
        return new DataFileReading(image.name(), file.orElse(null), findings.report());
    }

    /** {@return the replica's index} */
    public int index() {
        return superblock.index();
    }

    /** {@return what is kept of this file with a backup} */
    public ReplicaFacts facts() {
        return new ReplicaFacts(
                index(),
                superblock.replicaCount(),
                superblock.cluster().decimal(),
                superblock.checkpoint().release().toString(),
                superblock.checkpoint().op(),
                new ByteSize(length));
    }
}
