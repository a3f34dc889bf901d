package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the suites of a host's ports have in common: two databases, and how long to wait. Each method of a fixture is called by the test's
 * own thread, but {@link #pass} by several at once where the port is.
 */
public interface HostFixture {
    /** {@return the database that a suite works on} */
    default DatabaseId database() {
        return new DatabaseId("db-1");
    }

    /** {@return the database beside it, which nothing may happen to} */
    default DatabaseId neighbour() {
        return new DatabaseId("db-10");
    }

    /** {@return how long to wait for what the host says is under way} */
    default Duration patience() {
        return Duration.ofMinutes(1);
    }

    /**
     * Lets so much time pass that it is worth asking again.
     *
     * @param lookAgain what the host said; the default waits as long, at most 100 ms
     * @throws Exception when the time does not pass
     */
    default void pass(Duration lookAgain) throws Exception {
        var unused = new CountDownLatch(1).await(Math.min(100, lookAgain.toMillis()), TimeUnit.MILLISECONDS);
    }
}
