package io.parix.backup.benchmarks;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.spi.catalog.AdoptedJob;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.StepProgress;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The newest backup's row between two processes: the catalog is in memory, and each verb is a process of its own. */
final class Row {
    private static final String FILE = "row.properties";

    private Row() {}

    /** What the next process needs to know. */
    record Saved(BackupId backup, DataFiles files) {}

    static void save(Path work, JobRecord row, DataFiles files) throws IOException {
        Properties p = new Properties();
        p.setProperty("id", row.id());
        p.setProperty("version", String.valueOf(row.version()));
        p.setProperty("database", row.database().value());
        p.setProperty("region", row.region());
        p.setProperty("step", row.step());
        p.setProperty("attempt", String.valueOf(row.attempt()));
        p.setProperty("requestedAt", row.requestedAt().toString());
        p.setProperty("payload", row.payload());
        p.setProperty("cluster", files.cluster());
        p.setProperty("replicas", String.valueOf(files.replicas()));
        try (Writer out = Files.newBufferedWriter(work.resolve(FILE))) {
            p.store(out, null);
        }
    }

    static Optional<Saved> load(Path work, InMemoryCatalog catalog) throws IOException {
        if (!Files.exists(work.resolve(FILE))) {
            return Optional.empty();
        }
        Properties p = new Properties();
        try (Reader in = Files.newBufferedReader(work.resolve(FILE))) {
            p.load(in);
        }
        JobRecord row = new JobRecord(
                p.getProperty("id"),
                Long.parseLong(p.getProperty("version")),
                JobKind.BACKUP,
                new DatabaseId(p.getProperty("database")),
                p.getProperty("region"),
                JobStatus.COMPLETED,
                p.getProperty("step"),
                Integer.parseInt(p.getProperty("attempt")),
                Instant.parse(p.getProperty("requestedAt")),
                null,
                null,
                0,
                StepProgress.NONE,
                p.getProperty("payload"));
        var unused = catalog.adopt(List.of(new AdoptedJob(row, Map.of())));
        DataFiles files = new DataFiles(p.getProperty("cluster"), Integer.parseInt(p.getProperty("replicas")));
        return Optional.of(new Saved(new BackupId(p.getProperty("id")), files));
    }
}
