package io.parix.backup.testkit.catalog;

import io.parix.backup.DatabaseId;
import io.parix.backup.spi.catalog.JobKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of jobs, both ways round. Not safe for concurrent calls. */
final class JobKeys {
    private final Map<Key, String> jobs = new HashMap<>();
    private final Map<String, Key> keys = new HashMap<>();

    /** A key, which is one's own in each database and kind of job. */
    record Key(DatabaseId database, JobKind kind, String value) {}

    @Nullable
    String job(Key key) {
        return jobs.get(key);
    }

    void put(Key key, String job) {
        jobs.put(key, job);
        keys.put(job, key);
    }

    void forget(String job) {
        Key key = keys.remove(job);
        if (key != null) {
            jobs.remove(key);
        }
    }
}
