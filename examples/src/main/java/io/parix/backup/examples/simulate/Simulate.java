package io.parix.backup.examples.simulate;

import io.parix.backup.testkit.simulation.CrashEnumeration;
import io.parix.backup.testkit.simulation.Seeds;
import io.parix.backup.testkit.simulation.Simulation;
import io.parix.backup.testkit.simulation.SimulationRun;
import io.parix.backup.testkit.simulation.Work;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs seeds until one fails or the time is over, and says how fast, what was met, and what never was. */
public final class Simulate {
    private static final String USAGE = """
            usage: ./simulate [--seeds N] [--minutes M] [--first SEED] [--threads T]
                   ./simulate --deaths
                   Runs N seeds from SEED (0) on T threads (one per processor), for at most M minutes (10). Without N it is as many as
                   M minutes have time for, and without either 1000. Each is some virtual days of backups, restores, schedules and
                   clean-up on several processes, with crashes, lost answers, delays and damage.
                   A seed that breaks an invariant is printed with what happened, made as short as possible; exit code 1.
                   The same seed is the same run: ./simulate --first SEED --seeds 1
                   --deaths kills a process before and after each single effect of backups, restores, clean-up, rebuild and cancelling.""";

    private Simulate() {}

    /**
     * Runs seeds.
     *
     * @param arguments see {@code --help}
     * @throws InterruptedException when it is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            out.println(USAGE);
            return 0;
        }
        if (List.of(arguments).equals(List.of("--deaths"))) {
            return deaths(out);
        }
        try {
            return run(Options.of(arguments), out);
        } catch (IllegalArgumentException e) {
            err.println("invalid-option: " + e.getMessage());
            return 2;
        }
    }

    private static int run(Options options, PrintStream out) throws InterruptedException {
        long begun = System.nanoTime();
        long end = begun + TimeUnit.MINUTES.toNanos(options.mostMinutes());
        Simulation simulation = Simulation.inMemory();
        Seeds.Outcome outcome = Seeds.run(
                simulation, options.first(), options.mostSeeds(), options.threads(), () -> System.nanoTime() > end);
        double seconds = Math.max((System.nanoTime() - begun) / 1e9, 1e-3);
        out.printf(
                Locale.ROOT,
                "%d seeds in %.1f s: %.1f seeds/s, %.0f virtual days/s%n",
                outcome.runs(),
                seconds,
                outcome.runs() / seconds,
                outcome.time().toHours() / 24.0 / seconds);
        List<String> missing = outcome.coverage().missing();
        out.printf(
                Locale.ROOT,
                "met: %d kinds of things; never met: %d%n",
                outcome.coverage().counts().size(),
                missing.size());
        missing.forEach(name -> out.println("  never: " + name));
        for (SimulationRun failed : outcome.failed()) {
            out.printf("seed %d: %s%n", failed.seed(), failed.violation().orElseThrow());
            show(simulation.shrink(failed), out);
        }
        return outcome.failed().isEmpty() ? 0 : 1;
    }

    private static int deaths(PrintStream out) {
        int effects = 0;
        int deaths = 0;
        boolean survived = true;
        for (Work work : Work.values()) {
            CrashEnumeration.Result result = CrashEnumeration.inMemory().of(work);
            effects += result.effects();
            deaths += result.deaths();
            survived &= result.failed().isEmpty();
            out.printf("%s: %d effects, %d deaths%n", work, result.effects(), result.deaths());
            result.failed().forEach(death -> out.println("  " + death));
        }
        out.printf("in all %d effects, %d deaths%n", effects, deaths);
        return survived ? 0 : 1;
    }

    private static void show(SimulationRun failed, PrintStream out) {
        out.printf("seed %d: %s%n", failed.seed(), failed.violation().orElseThrow());
        failed.log().forEach(line -> out.println("  " + line));
        failed.notShorter().ifPresent(why -> out.println("not made shorter any further: " + why));
        out.printf("again: ./simulate --first %d --seeds 1%n", failed.seed());
    }
}
