package io.parix.backup.archive.export;

import io.parix.backup.ByteSize;
import io.parix.backup.InvalidRequestException;
import java.time.Duration;

/**
 * The limits of an export.
 *
 * @param workers threads that read, compare, hash, compress and store, the caller's included; 1 to 64
 * @param segmentSize the longest segment; 64 KiB to 64 MiB
 * @param segmentsInFlight segments held in memory, the one being filled included; 2 to 16
 * @param compressionLevel zstd level; -7 to 19, where negative ones compress less and faster
 * @param baseAge segments older than this are stored anew; more than 0
 * @param readBackPerMille how many of a thousand base segments are read back whole before they are trusted, at least
 *     one
 *     of them; 0 to 1,000, where 0 trusts listings alone
 * @param sparseBelowPerMille a base segment of which fewer thousandths are still needed is sparse: what is needed of it is stored
 *     anew; 0 to 950, where 0 rewrites nothing
 * @param rewritePerMille how many thousandths of what is needed of the base one export stores anew for that, and at least one
 *     sparse segment; 1 to 1,000
 */
public record ExportSettings(
        int workers,
        ByteSize segmentSize,
        int segmentsInFlight,
        int compressionLevel,
        Duration baseAge,
        int readBackPerMille,
        int sparseBelowPerMille,
        int rewritePerMille) {

    /**
     * Three workers, segments of 32 MiB with three in memory, level -2, 30 days, one in a hundred read back, sparse below four fifths,
     * a tenth stored anew.
     */
    public static final ExportSettings DEFAULT =
            new ExportSettings(3, ByteSize.mebibytes(32), 3, -2, Duration.ofDays(30), 10, 800, 100);

    /** Refuses what lies out of bounds. */
    public ExportSettings {
        bound("export workers", workers, 1, 64);
        bound("segment size", segmentSize.bytes(), 64 << 10, 64 << 20);
        bound("segments in flight", segmentsInFlight, 2, 16);
        bound("compression level", compressionLevel, -7, 19);
        bound(
                "base age in seconds",
                baseAge.toSeconds(),
                1,
                Duration.ofDays(36_500).toSeconds());
        bound("read-back per mille", readBackPerMille, 0, 1_000);
        bound("sparse-below per mille", sparseBelowPerMille, 0, 950);
        bound("rewrite per mille", rewritePerMille, 1, 1_000);
    }

    private static void bound(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw InvalidRequestException.of(what, String.valueOf(value), "it must be " + least + " to " + most);
        }
    }

    /**
     * With another number of workers.
     *
     * @param count 1 to 64
     * @return the settings
     */
    public ExportSettings withWorkers(int count) {
        return new ExportSettings(
                count,
                segmentSize,
                segmentsInFlight,
                compressionLevel,
                baseAge,
                readBackPerMille,
                sparseBelowPerMille,
                rewritePerMille);
    }

    /**
     * With segments of another size.
     *
     * @param size 64 KiB to 64 MiB
     * @return the settings
     */
    public ExportSettings withSegmentSize(ByteSize size) {
        return new ExportSettings(
                workers,
                size,
                segmentsInFlight,
                compressionLevel,
                baseAge,
                readBackPerMille,
                sparseBelowPerMille,
                rewritePerMille);
    }

    /**
     * With another share of the base read back.
     *
     * @param perMille 0 to 1,000
     * @return the settings
     */
    public ExportSettings withReadBackPerMille(int perMille) {
        return new ExportSettings(
                workers,
                segmentSize,
                segmentsInFlight,
                compressionLevel,
                baseAge,
                perMille,
                sparseBelowPerMille,
                rewritePerMille);
    }
}
