package io.parix.backup.archive.datafile;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading one image as a data file.
 *
 * @param name the image's name
 * @param file the data file; null when it is so wrong that nothing can be said about a replica
 * @param report every finding, with offsets; it may fail although there is a file
 */
public record DataFileReading(String name, @Nullable DataFile file, Report report) {

    /** {@return the data file, where the image holds one} */
    public Optional<DataFile> dataFile() {
        return Optional.ofNullable(file);
    }

    /**
     * The data file of an image that must hold one.
     *
     * @return the file, whose report passed
     * @throws FailedException with {@link ErrorCode#NOT_A_DATA_FILE} and the report, when a check failed
     */
    public DataFile orThrow() {
        if (file == null || !report.passed()) {
            throw new FailedException(
                    ErrorCode.NOT_A_DATA_FILE,
                    "Cannot use image " + name + " as a data file: " + report.reasons(),
                    report,
                    null);
        }
        return file;
    }
}
