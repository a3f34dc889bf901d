package io.parix.backup.benchmarks;

import java.util.Locale;

/**
 * A bar of what the library decides: a figure of JMH as a ratio to a plain piece of work of the same run, and what it has to be.
 */
enum DecisionBar {
    NEXT_RUN("the next run of a schedule ÷ the same time tomorrow by java.time", NextRuns.class, "next", "", 10, 5),
    PLAN_OF_10(
            "a retention plan of 10 backups ÷ sorting them by their ends", RetentionPlans.class, "plan", "10", 40, 20),
    PLAN_OF_400("a retention plan of 400 backups ÷ the same", RetentionPlans.class, "plan", "400", 20, 10),
    PLAN_OF_10_000("a retention plan of 10,000 backups ÷ the same", RetentionPlans.class, "plan", "10000", 10, 5),
    PAGE_IN_MEMORY(
            "the page of 50 of 400 backups, catalog in memory ÷ reading the 400",
            PageModels.class,
            "page",
            "memory",
            10,
            5),
    PAGE_ON_H2(
            "the page of 50 of 400 backups, catalog on H2 in memory ÷ reading the 400",
            PageModels.class,
            "page",
            "h2",
            12,
            6);

    /** What each benchmark calls the piece of work that it is compared with. */
    static final String BASELINE = "baseline";

    private final String words;
    private final Class<?> benchmark;
    private final String method;
    private final String parameter;
    private final double must;
    private final double aim;

    DecisionBar(String words, Class<?> benchmark, String method, String parameter, double must, double aim) {
        this.words = words;
        this.benchmark = benchmark;
        this.method = method;
        this.parameter = parameter;
        this.must = must;
        this.aim = aim;
    }

    /** {@return the class of the benchmark} */
    Class<?> benchmark() {
        return benchmark;
    }

    String method() {
        return method;
    }

    /** {@return the value of its one parameter, or nothing} */
    String parameter() {
        return parameter;
    }

    String verdict(double ratio) {
        if (ratio <= aim) {
            return "aim reached";
        }
        return ratio <= must ? "reached" : "missed";
    }

    /**
     * The bar as it was measured.
     *
     * @param micros microseconds of ours
     * @param baseline of what it is compared with
     * @return its row of the table
     */
    String row(double micros, double baseline) {
        double ratio = Figures.ratio(micros, baseline);
        return "| "
                + String.join(
                        " | ",
                        words,
                        written(micros),
                        written(baseline),
                        Figures.plain(ratio),
                        "≤ " + Figures.plain(must),
                        "≤ " + Figures.plain(aim),
                        verdict(ratio))
                + " |";
    }

    private static String written(double micros) {
        return String.format(Locale.ROOT, "%,.2f µs", micros);
    }
}
