package io.parix.backup.examples.quickstart;

import io.parix.backup.BackupException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The quickstart's command line. Exit code 0: every comparison held; 1: one did not; 2: it could not be done, and one line
 * says why; 3: a fault of this program.
 */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        version = "Parix Backup 0.1.0-SNAPSHOT",
        description = "Backs a TigerBeetle cluster up, loses it, and puts it back.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Every comparison held.",
            "1:A comparison did not hold.",
            "2:It could not be done; one line says why.",
            "3:A fault of this program."
        })
public final class Quickstart implements Callable<Integer> {
    private static final int DIFFERS = 1;
    private static final int REFUSED = 2;
    private static final int FAULT = 3;
    private static final int CLEANING_SECONDS = 60;

    @Option(
            names = "--cluster",
            paramLabel = "DIR",
            description = "Use the data files <cluster>_<index>.tigerbeetle in DIR, which are only read,"
                    + " instead of a synthetic cluster.")
    private @Nullable Path cluster;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Work in DIR; default: a new directory where the system keeps temporary files.")
    private @Nullable Path work;

    @Option(names = "--keep", description = "Keep what was written to the work directory.")
    private boolean keep;

    private final PrintStream out;
    private final Screen screen;

    Quickstart(PrintStream out) {
        this.out = out;
        this.screen = new Screen(out);
    }

    /**
     * Runs the quickstart. Interrupted by a signal, it removes what it wrote first.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        Thread teller = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(teller, ended), "quickstart-shutdown"));
        int code = run(System.out, args);
        ended.countDown();
        System.exit(code);
    }

    /** Lets the story end and clean up after itself, instead of deleting under its hands. */
    private static void interrupt(Thread teller, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        teller.interrupt();
        try {
            if (!ended.await(CLEANING_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("quickstart: the work directory could not be removed in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int run(PrintStream out, String... args) {
        return new CommandLine(new Quickstart(out))
                .setParameterExceptionHandler((e, given) -> {
                    out.println("invalid-option: " + e.getMessage() + ". See ./quickstart --help.");
                    return REFUSED;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        try {
            return tell();
        } catch (Refused e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (BackupException e) {
            return refused(e.code() + ": " + e.getMessage());
        } catch (ClosedByInterruptException e) {
            return refused(Refused.interrupted().getMessage());
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            return refused("file-unusable: " + e.getFile() + ": " + reason);
        } catch (IOException e) {
            return refused("file-unusable: " + e.getMessage());
        } catch (RuntimeException e) {
            refused("internal: a fault of this program: " + e);
            return FAULT;
        }
    }

    private int tell() throws IOException {
        boolean held;
        try (WorkDirectory directory = WorkDirectory.open(work, keep)) {
            held = cluster == null
                    ? new SyntheticStory(screen, directory).tell()
                    : new GivenStory(screen, directory, cluster.toAbsolutePath().normalize()).tell();
            screen.table();
            if (keep) {
                screen.say("Kept in " + directory.path());
            }
        }
        screen.say(held ? "Every comparison held." : "A COMPARISON DID NOT HOLD.");
        return held ? 0 : DIFFERS;
    }

    private int refused(@Nullable String line) {
        screen.say(String.valueOf(line).replaceAll("\\s*\\R\\s*", " "));
        out.flush();
        return REFUSED;
    }
}
