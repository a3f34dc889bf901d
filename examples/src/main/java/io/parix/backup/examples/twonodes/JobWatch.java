package io.parix.backup.examples.twonodes;

import io.parix.backup.examples.parts.Refused;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.util.function.Predicate;

/** Looks at a job's row in the catalog and tells how it changes. */
final class JobWatch {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 50;

    private final Catalog catalog;
    private final String job;
    private final Timeline timeline;
    private String told = "";

    JobWatch(Catalog catalog, String job, Timeline timeline) {
        this.catalog = catalog;
        this.job = job;
        this.timeline = timeline;
    }

    JobRecord look() {
        JobRecord row = catalog.find(job).orElseThrow();
        String now = row.status().code() + ", " + row.step() + ", attempt " + row.attempt() + ", "
                + row.claimed().map(JobWatch::words).orElse("nobody's");
        if (!now.equals(told)) {
            timeline.tell("catalog", now);
            told = now;
        }
        return row;
    }

    private static String words(Claim claim) {
        return "worker " + claim.worker() + " with fence " + claim.fence();
    }

    /** Waits until the row is as wanted. */
    JobRecord until(String what, Predicate<JobRecord> wanted) throws InterruptedException {
        long begin = System.nanoTime();
        JobRecord row = look();
        while (!wanted.test(row)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new Refused("too-slow", "Job " + job + " was not " + what + " within " + PATIENCE + ".");
            }
            Thread.sleep(LOOK_MILLIS);
            row = look();
        }
        return row;
    }
}
