package io.parix.backup.faults;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells the process that kills this one that the moment has come, and holds the thread there. Safe for concurrent calls. */
final class Announcer {
    static final String AT = "AT ";

    private final PrintStream out;
    private final AtomicReference<@Nullable Order> order = new AtomicReference<>();

    Announcer(PrintStream out) {
        this.out = out;
    }

    /** What is to be announced, once. */
    private record Order(Moment moment, int number, CountDownLatch forgotten, AtomicReference<@Nullable String> where) {
        boolean taken(String database) {
            return database.startsWith(moment.kind().prefix()) && where.compareAndSet(null, database);
        }
    }

    /** {@return how an order is given} */
    static String words(Moment moment, int number) {
        return moment + " " + number;
    }

    void want(String words) {
        forget();
        String[] parts = words.split(" ", -1);
        order.set(new Order(
                Moment.valueOf(parts[0]), Integer.parseInt(parts[1]), new CountDownLatch(1), new AtomicReference<>()));
    }

    /** Another process was there first: a thread that is held goes on, as one that slept. */
    void forget() {
        Order old = order.getAndSet(null);
        if (old != null) {
            old.forgotten().countDown();
        }
    }

    boolean wants(Moment.Kind kind) {
        Order now = order.get();
        return now != null && now.moment().kind() == kind;
    }

    /** Passes, or says so and stays until this process is killed or the order is forgotten. */
    void at(Moment moment, String database) {
        Order now = order.get();
        if (now != null && now.moment() == moment && now.taken(database)) {
            say(AT + words(moment, now.number()) + " in a job of " + database);
            try {
                now.forgotten().await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
