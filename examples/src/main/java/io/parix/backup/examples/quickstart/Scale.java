package io.parix.backup.examples.quickstart;

import io.parix.backup.ByteSize;
import io.parix.backup.archive.datafile.DataFileLayout;
import java.time.Duration;

/**
 * How large the synthetic cluster is, and how patient the engine.
 *
 * @param layout of the data files
 * @param used what tables use of each
 * @param length what the file system shows of each
 * @param lease how long a job of a process that was killed is left to it: so long a continued run waits at most
 * @param bandwidth how fast bytes go to the store and back
 */
record Scale(DataFileLayout layout, ByteSize used, ByteSize length, Duration lease, ByteSize bandwidth) {
    /** What a person sees. */
    static final Scale FULL = new Scale(
            DataFileLayout.PRODUCTION,
            ByteSize.mebibytes(200),
            ByteSize.mebibytes(1300),
            Duration.ofSeconds(10),
            ByteSize.gibibytes(1024));

    /** For tests that kill it: seconds instead of a minute, and so slow a store that a kill finds it in the middle. */
    static final Scale SMALL = new Scale(
            DataFileLayout.TINY,
            ByteSize.mebibytes(12),
            ByteSize.mebibytes(40),
            Duration.ofSeconds(2),
            ByteSize.mebibytes(1));

    /** Chosen by a system property, since no person needs the choice. */
    static Scale chosen() {
        return "small".equals(System.getProperty("quickstart.scale")) ? SMALL : FULL;
    }
}
