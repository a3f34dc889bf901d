package io.parix.backup.spi.catalog;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import java.util.Map;

/**
 * A completed backup that is known from object storage (spec C11).
 *
 * @param row its row: of kind {@link JobKind#BACKUP}, completed, unclaimed
 * @param segments the segments that it needs, by name, with their bytes in storage
 */
public record AdoptedJob(JobRecord row, Map<String, Long> segments) {
    /** Copies the map; refuses rows of jobs that are no completed backups or that somebody works on. */
    public AdoptedJob {
        segments = Map.copyOf(segments);
        boolean completed = row.kind() == JobKind.BACKUP && row.status() == JobStatus.COMPLETED;
        if (!completed || row.claim() != null) {
            throw InvalidRequestException.of(
                    "adopted job",
                    row.id(),
                    "it must be a completed backup that nobody works on, it is a "
                            + row.status().code() + " " + row.kind().code());
        }
    }
}
