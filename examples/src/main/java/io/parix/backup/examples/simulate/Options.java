package io.parix.backup.examples.simulate;

import org.jspecify.annotations.Nullable;

/** What the command was told; null where it was not told. */
record Options(@Nullable Long seeds, @Nullable Long minutes, long first, int threads) {
    static final long MOST_SEEDS = 1_000_000_000L;

    private static final long SOME_SEEDS = 1_000;
    private static final long SOME_MINUTES = 10;
    private static final long MOST_MINUTES = 10_000;
    private static final int MOST_THREADS = 256;

    static Options of(String[] arguments) {
        Options options = new Options(null, null, 0, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a number; see ./simulate --help");
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    /** As many as there is time for, where only the time was told. */
    long mostSeeds() {
        long untold = minutes == null ? SOME_SEEDS : MOST_SEEDS;
        return seeds == null ? untold : seeds;
    }

    long mostMinutes() {
        return minutes == null ? SOME_MINUTES : minutes;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--seeds" -> new Options(number(name, value, 1, MOST_SEEDS), minutes, first, threads);
            case "--minutes" -> new Options(seeds, number(name, value, 1, MOST_MINUTES), first, threads);
            case "--first" -> new Options(seeds, minutes, number(name, value, 0, Long.MAX_VALUE - MOST_SEEDS), threads);
            case "--threads" -> new Options(seeds, minutes, first, (int) number(name, value, 1, MOST_THREADS));
            default -> throw new IllegalArgumentException("there is no option " + name + "; see ./simulate --help");
        };
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a whole number, not '" + value + "'", e);
        }
        throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
    }
}
