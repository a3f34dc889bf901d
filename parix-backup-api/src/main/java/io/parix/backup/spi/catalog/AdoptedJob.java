package io.parix.backup.spi.catalog;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.JobStatus;
import java.util.Set;

/**
 * A completed backup that is known from object storage (spec C11).
 *
 * @param row its row: of kind {@link JobKind#BACKUP}, completed, unclaimed
 * @param segments names of the segments that it needs
 */
public record AdoptedJob(JobRecord row, Set<String> segments) {
    /** Copies the set; refuses rows of jobs that are no completed backups or that somebody works on. */
    public AdoptedJob {
        segments = Set.copyOf(segments);
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
