package io.parix.backup.examples.twonodes;

import java.io.PrintStream;
import java.util.Locale;

/** Prints what happens, with the seconds since the beginning. Safe for concurrent calls. */
final class Timeline {
    private final PrintStream out;
    private final long begin = System.nanoTime();

    Timeline(PrintStream out) {
        this.out = out;
    }

    synchronized void tell(String who, String what) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.println(String.format(Locale.ROOT, "%6.1f s  %-8s %s", seconds, who, what));
        out.flush();
    }
}
