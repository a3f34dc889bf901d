package io.parix.backup.testkit.simulation;

import java.time.Duration;

/** How long a run waits for a process that has its turn, in real time, and how often it waited in vain. For one thread. */
final class Patience {
    /** A process computes for milliseconds at a time: even on a machine that is busy with others it is lost after that. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Duration most;
    private int lost;

    private Patience(Duration most) {
        this.most = most;
    }

    /** Long enough that whoever does not come back by then never does. */
    static Patience untilSure() {
        return of(LONG);
    }

    static Patience of(Duration most) {
        return new Patience(most);
    }

    Duration most() {
        return most;
    }

    /** A process did not come back. */
    void lose() {
        lost++;
    }

    /** How often one did not. */
    int lost() {
        return lost;
    }
}
