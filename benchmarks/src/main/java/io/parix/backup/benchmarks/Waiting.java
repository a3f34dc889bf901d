package io.parix.backup.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that end. */
final class Waiting {
    private static final long LONGEST_SECONDS = 120;

    private Waiting() {}

    /** Between two looks at something that is not timed. */
    static void aMoment() throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
    }

    /** Returns once all of them are there; gives up where nothing moves any more. */
    static void until(CountDownLatch all) throws InterruptedException {
        if (!all.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "Cannot measure: after " + LONGEST_SECONDS + " s " + all.getCount() + " are not done.");
        }
    }
}
