package io.parix.backup.examples.quickstart;

import io.parix.backup.ByteSize;
import io.parix.backup.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person sees: a headline per act, a bar that moves where there is a terminal, and the table at the end. */
final class Screen {
    private static final int BAR = 30;
    private static final String CLEARED = "\r" + " ".repeat(79) + "\r";

    private final PrintStream out;
    /** Said by the script, which can tell; System.console() answers differently from one Java to the next. */
    private final boolean terminal = Boolean.getBoolean("quickstart.terminal");

    private final List<String> announced = new ArrayList<>();
    private boolean barShown;
    private boolean begun;

    Screen(PrintStream out) {
        this.out = out;
    }

    /** Prints a line, after what was announced. */
    void say(String line) {
        flushAnnounced();
        print(line);
    }

    /** Prints a line that stands alone: what was announced has not come about. */
    void sayOnly(String line) {
        announced.clear();
        print(line);
    }

    private void print(String line) {
        begun = true;
        clearBar();
        out.println(line);
        out.flush();
    }

    /** Announces what is about to happen. As long as nothing has, it is held back: what is refused at once is one line. */
    void announce(String line) {
        announced.add(line);
        if (begun) {
            flushAnnounced();
        }
    }

    /** Prints what was announced. */
    void flushAnnounced() {
        announced.forEach(this::print);
        announced.clear();
    }

    /** Prints a line that belongs to the act above it. */
    void detail(String line) {
        say("    " + line);
    }

    /** Prints the headline of an act that was not timed. */
    void act(String headline) {
        say("==> " + headline);
    }

    /** Prints the headline of a finished act. */
    void act(String headline, Duration took) {
        act(headline + " (" + seconds(took) + " s)");
    }

    /** Prints the numbers of every act. */
    void table(List<Row> rows) {
        say("");
        say(row("step", "bytes read", "bytes stored", "new bytes", "seconds"));
        say("-".repeat(79));
        Duration total = Duration.ZERO;
        for (Row row : rows) {
            say(row(row.name(), cell(row.read()), cell(row.stored()), cell(row.added()), seconds(row.took())));
            total = total.plus(row.took());
        }
        say("-".repeat(79));
        say(row("all of it", "", "", "", seconds(total)));
        say("");
    }

    /** Shows how far a job has come, on a terminal. */
    void progress(Progress progress) {
        progress(progress.phase(), progress.done().bytes(), progress.expected().bytes());
    }

    /** Shows how far an act has come, on a terminal. */
    void progress(String phase, long done, long expected) {
        if (expected == 0) {
            return;
        }
        flushAnnounced();
        if (terminal) {
            bar(phase, done, expected);
        }
    }

    private void bar(String phase, long done, long expected) {
        int filled = (int) Math.min(BAR, BAR * (double) done / expected);
        String bar = "#".repeat(filled) + ".".repeat(BAR - filled);
        String sizes = new ByteSize(Math.min(done, expected)).words() + " of " + new ByteSize(expected).words();
        out.printf("%s    %-11s [%s] %s", CLEARED, phase, bar, sizes);
        out.flush();
        barShown = true;
    }

    private void clearBar() {
        if (barShown) {
            out.print(CLEARED);
            barShown = false;
        }
    }

    private static String row(String name, String read, String stored, String added, String seconds) {
        return String.format(Locale.ROOT, "%-32s %12s %13s %11s %7s", name, read, stored, added, seconds);
    }

    private static String cell(ByteSize size) {
        return size.bytes() == 0 ? "-" : size.words();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
    }
}
