package io.parix.backup.examples.quickstart;

import io.parix.backup.examples.parts.Ending;
import io.parix.backup.examples.parts.Refused;
import io.parix.backup.examples.quickstart.WorkDirectory.Fate;
import java.io.IOException;
import java.io.PrintStream;
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
        version = "Parix Backup " + Quickstart.VERSION,
        description = "Backs a TigerBeetle cluster up, loses it, and puts it back. Its catalog is an H2 database in the"
                + " work directory.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Every comparison held.",
            "1:A comparison did not hold.",
            "2:It could not be done; one line says why.",
            "3:A fault of this program."
        })
public final class Quickstart implements Callable<Integer> {
    static final String VERSION = "0.1.0-SNAPSHOT";
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
            description = "Work in DIR; default: a new directory where the system keeps temporary files."
                    + " A run that was killed or interrupted goes on when it is started again with the same DIR.")
    private @Nullable Path work;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "local",
            description =
                    "Where the backups go: local, a folder in the work directory; aws, an S3 server, or gcp, one that"
                            + " stands for Cloud Storage, either started on this machine for the occasion; default: local.")
    private Provider provider = Provider.LOCAL;

    @Option(names = "--keep", description = "Keep what was written to the work directory.")
    private boolean keep;

    private final PrintStream out;
    private final Screen screen;
    private volatile boolean interrupted;

    Quickstart(PrintStream out) {
        this.out = out;
        this.screen = new Screen(out);
    }

    /**
     * Runs the quickstart. Interrupted by a signal, it first removes what it wrote, or leaves it whole for the next run.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        Thread teller = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Quickstart quickstart = new Quickstart(System.out);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> quickstart.interrupt(teller, ended), "quickstart-shutdown"));
        int code = quickstart.run(args);
        ended.countDown();
        System.exit(code);
    }

    /** Lets the story end and clean up after itself, instead of deleting under its hands. */
    private void interrupt(Thread teller, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        interrupted = true;
        teller.interrupt();
        try {
            if (!ended.await(CLEANING_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("quickstart: the work directory could not be removed in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int run(String... args) {
        return new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, given) -> {
                    out.println("invalid-option: " + e.getMessage() + ". See ./quickstart --help.");
                    return Ending.REFUSED;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        return Ending.of(screen::sayOnly, this::tell);
    }

    private int tell() throws IOException {
        Scale scale = Scale.chosen();
        Story story = cluster == null
                ? new SyntheticStory(scale, provider)
                : new GivenStory(cluster.toAbsolutePath().normalize(), scale, provider);
        boolean held;
        try (WorkDirectory directory = WorkDirectory.open(new WorkDirectory.Wish(work, story.what()))) {
            held = tell(story, directory);
        }
        screen.say(held ? "Every comparison held." : "A COMPARISON DID NOT HOLD.");
        return held ? Ending.HELD : Ending.DIFFERS;
    }

    private boolean tell(Story story, WorkDirectory directory) throws IOException {
        try {
            boolean held = new Teller(screen, directory).tell(story, again(directory));
            directory.becomes(keep ? Fate.KEPT : Fate.DONE);
            if (keep) {
                screen.say("Kept in " + directory.path());
            }
            return held;
        } catch (IOException | RuntimeException e) {
            if (interrupted) {
                throw interrupted(directory);
            }
            directory.becomes(keep ? Fate.KEPT : Fate.ABANDONED);
            throw e;
        }
    }

    /** A directory that somebody named can be named again; a temporary one of ours would only be forgotten. */
    private Refused interrupted(WorkDirectory directory) {
        boolean named = work != null || keep;
        directory.becomes(named ? Fate.LEFT : Fate.ABANDONED);
        return new Refused("interrupted", named ? "Go on with: " + again(directory) : "What was written is removed.");
    }

    private String again(WorkDirectory directory) {
        String given = cluster == null ? "" : " --cluster " + quoted(cluster);
        String where = provider == Provider.LOCAL ? "" : " --provider " + provider.id();
        return "./quickstart --work " + quoted(directory.path()) + given + where + (keep ? " --keep" : "");
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
