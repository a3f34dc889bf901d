package io.parix.backup.examples.twonodes;

import io.parix.backup.DatabaseId;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.examples.parts.Ending;
import io.parix.backup.examples.parts.Folders;
import io.parix.backup.examples.parts.Refused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the example. Its exit codes are those of the quickstart. */
@Command(
        name = "two-nodes",
        mixinStandardHelpOptions = true,
        description =
                "Lets two processes share a catalog, kills the one that makes a backup with SIGKILL in the middle of its"
                        + " export, and shows the other one finishing, and restoring what it finished.",
        footer = "The password for --user is read from the environment variable " + TwoNodes.PASSWORD + ".",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Everything held.",
            "1:Something did not hold.",
            "2:It could not be done; one line says why.",
            "3:A fault of this program."
        })
public final class TwoNodes implements Callable<Integer> {
    static final String PASSWORD = "TWO_NODES_PASSWORD";

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            description =
                    "Keep the catalog in this PostgreSQL, jdbc:postgresql://…, instead of an H2 server that is started"
                            + " for the occasion. Tables named parix_… are made and stay.")
    private @Nullable String postgres;

    @Option(names = "--user", paramLabel = "USER", description = "The user of that PostgreSQL.")
    private @Nullable String user;

    private final PrintStream out;

    TwoNodes(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs the example.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        CatalogServer.listenOnLoopbackOnly();
        System.exit(new TwoNodes(System.out).run(args));
    }

    int run(String... args) {
        return new CommandLine(this)
                .setParameterExceptionHandler((e, given) -> {
                    out.println("invalid-option: " + e.getMessage() + ". See examples/two-nodes --help.");
                    return Ending.REFUSED;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        return Ending.of(out::println, this::show);
    }

    private int show() throws IOException, InterruptedException {
        DatabaseUrl given = given();
        Path home = Files.createTempDirectory("parix-two-nodes-");
        // A signal ends this process without its finally; the nodes end with their standard input.
        Thread sweeper = new Thread(() -> removeQuietly(home), "two-nodes-shutdown");
        Runtime.getRuntime().addShutdownHook(sweeper);
        try (CatalogServer server = given == null
                ? CatalogServer.h2(Files.createDirectory(home.resolve("catalog")))
                : CatalogServer.of(given)) {
            Site site = new Site(home, new DatabaseId("two-nodes-" + Long.toHexString(System.nanoTime())));
            return new Takeover(site, server.place(), new Timeline(out), out).show() ? Ending.HELD : Ending.DIFFERS;
        } finally {
            Folders.remove(home);
        }
    }

    private @Nullable DatabaseUrl given() {
        if (postgres == null) {
            if (user != null) {
                throw new Refused("invalid-option", "--user goes with --postgres.");
            }
            return null;
        }
        if (!postgres.startsWith("jdbc:postgresql:")) {
            throw new Refused("invalid-option", "--postgres must begin with jdbc:postgresql:.");
        }
        return new DatabaseUrl(postgres, user, user == null ? null : System.getenv(PASSWORD));
    }

    @SuppressWarnings("EmptyCatch") // nobody is left to be told
    private static void removeQuietly(Path home) {
        try {
            Folders.remove(home);
        } catch (IOException e) {
            // What a node writes meanwhile may stay behind in the system's folder for temporary files.
        }
    }
}
