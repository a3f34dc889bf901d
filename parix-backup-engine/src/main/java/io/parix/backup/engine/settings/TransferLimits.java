package io.parix.backup.engine.settings;

import io.parix.backup.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How bytes are moved.
 *
 * @param segmentSize the largest segment, 1 MiB to 32 MiB; default 32 MiB
 * @param segmentsInFlight segments that an export holds in memory, 2 to 16; default 3
 * @param compressionLevel zstd level, -7 to 19, where negative ones compress less and faster; default -2
 * @param transferWorkers parallel workers of one export or restore, 1 to 64; fewer where the memory allows fewer; default one more
 *     than there are processors, at most 8
 * @param memory the bytes that all exports and restores of this process hold in memory together, {@value #LEAST_MEMORY} to 1
 *     TiB; a job that finds no room waits; default 1 GiB
 * @param bandwidth the bytes that all jobs and verifications of this process exchange with object storage per second, both ways
 *     together, 1 MiB to 1 TiB, and enough for a segment of every worker within the call timeout; default 1 TiB, which no machine reaches
 * @param segmentAge from which age a segment is stored anew instead of referenced (spec C12), 1 to 365 days; default 30
 * @param readBackShare the share of the referenced segments that each backup reads back (spec C12), 0.0 to 1.0; default 0.01
 * @param sparseBelow a segment of which a smaller share is still needed is sparse: what is needed of it is stored anew, so that it can
 *     go (spec C12), 0.0 to 0.95; default 0.8
 * @param rewriteShare the share of what is needed of earlier segments that one backup stores anew for that, 0.001 to 1.0; default
 *     0.1
 * @param spool an existing directory for temporary files of the size of an index; default the system's
 */
public record TransferLimits(
        ByteSize segmentSize,
        int segmentsInFlight,
        int compressionLevel,
        int transferWorkers,
        ByteSize memory,
        ByteSize bandwidth,
        Duration segmentAge,
        double readBackShare,
        double sparseBelow,
        double rewriteShare,
        Path spool) {
    /** What one worker of an export with the largest segments needs, and some. */
    public static final long LEAST_MEMORY = 256L << 20;

    /** The largest segment of the format, whatever this process writes: others may have written those that it reads. */
    static final long LARGEST_SEGMENT = 32L << 20;

    /** Checks every bound. */
    public TransferLimits {
        Bounds bounds = new Bounds();
        bounds.number("segmentSize", segmentSize.bytes(), 1 << 20, 32 << 20);
        bounds.number("segmentsInFlight", segmentsInFlight, 2, 16);
        bounds.number("compressionLevel", compressionLevel, -7, 19);
        bounds.number("transferWorkers", transferWorkers, 1, 64);
        bounds.number("memory", memory.bytes(), LEAST_MEMORY, 1L << 40);
        bounds.number("bandwidth", bandwidth.bytes(), 1 << 20, 1L << 40);
        bounds.duration("segmentAge", segmentAge, Duration.ofDays(1), Duration.ofDays(365));
        bounds.hold("readBackShare", readBackShare >= 0 && readBackShare <= 1, readBackShare + " is not 0.0 to 1.0");
        bounds.hold("sparseBelow", sparseBelow >= 0 && sparseBelow <= 0.95, sparseBelow + " is not 0.0 to 0.95");
        bounds.hold("rewriteShare", rewriteShare >= 0.001 && rewriteShare <= 1, rewriteShare + " is not 0.001 to 1.0");
        bounds.hold("spool", Files.isDirectory(spool), spool + " is not a directory");
        bounds.raise();
    }
}
