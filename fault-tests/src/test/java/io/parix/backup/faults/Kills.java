package io.parix.backup.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Any number of kills, by one command. */
public final class Kills {
    private static final String USAGE =
            "usage: fault-tests/run --kills N [--seed S] [--database h2|postgres|both] [--work DIR]";

    private int kills;
    private long seed = new Random().nextInt(1_000_000);
    private Set<Database> databases = EnumSet.allOf(Database.class);
    private Path work = Path.of("target", "kills");

    private Kills() {}

    /**
     * Runs it.
     *
     * @param arguments {@code --kills N --seed S --database h2|postgres|both --work DIR}
     */
    public static void main(String[] arguments) throws Exception {
        Kills asked = new Kills();
        try {
            asked.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
        System.exit(asked.run() ? 0 : 1);
    }

    private void read(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            set(arguments[i], arguments[i + 1]);
        }
        if (kills < databases.size()) {
            throw new IllegalArgumentException("--kills must be at least " + databases.size());
        }
    }

    private void set(String option, String value) {
        switch (option) {
            case "--kills" -> kills = Integer.parseInt(value);
            case "--seed" -> seed = Long.parseLong(value);
            case "--work" -> work = Path.of(value);
            case "--database" -> databases = databases(value);
            default -> throw new IllegalArgumentException("Unknown option " + option);
        }
    }

    private static Set<Database> databases(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "h2" -> EnumSet.of(Database.H2);
            case "postgres" -> EnumSet.of(Database.POSTGRESQL);
            case "both" -> EnumSet.allOf(Database.class);
            default -> throw new IllegalArgumentException("No database " + value);
        };
    }

    private boolean run() throws Exception {
        System.out.println("seed " + seed);
        Path folder =
                Files.createTempDirectory(Files.createDirectories(work), "run-").toAbsolutePath();
        try {
            Map<Database, Tally> tallies = new KillRun(folder, kills, seed).on(databases);
            tallies.forEach((database, tally) -> System.out.print(tally.shown(database.name())));
            return true;
        } catch (KillRunFailedException e) {
            System.err.println("Failed with seed " + seed + ". " + e.getMessage());
            return false;
        }
    }
}
