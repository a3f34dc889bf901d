package io.parix.backup.benchmarks;

import java.util.function.DoubleFunction;

/** A bar of the catalog: a figure as a ratio to another one of the same run, and what it has to be. */
enum CatalogBar {
    HISTORY_PAGE("a page of 50 backups from one database's history ÷ one row by its key", Figures::millis, 8, 3),
    DUE_JOBS("the due jobs of a minute, of one waiting job per database ÷ the same", Figures::millis, 20, 8),
    ALL_OF_ONE("all backups of the database with the longest history ÷ the same", Figures::millis, 40, 15),
    DISPATCH(
            "dispatch: jobs per second × durable writes per job ÷ db-scheduler's own no-op tasks per second",
            Figures::perSecond,
            0.3,
            0.6) {
        @Override
        boolean within(double ratio, double bound) {
            return ratio >= bound;
        }

        @Override
        String sign() {
            return "≥ ";
        }
    };

    private final String words;
    private final DoubleFunction<String> written;
    private final double must;
    private final double aim;

    CatalogBar(String words, DoubleFunction<String> written, double must, double aim) {
        this.words = words;
        this.written = written;
        this.must = must;
        this.aim = aim;
    }

    /**
     * A bar as it was measured.
     *
     * @param bar which
     * @param figure ours
     * @param baseline what it is compared with
     */
    record Measured(CatalogBar bar, double figure, double baseline) {
        double ratio() {
            return Figures.ratio(figure, baseline);
        }

        String row() {
            return "| " + bar.words + " | " + bar.written.apply(figure) + " | " + bar.written.apply(baseline) + " | "
                    + Figures.plain(ratio()) + " | " + bar.sign() + Figures.plain(bar.must) + " | " + bar.sign()
                    + Figures.plain(bar.aim) + " | " + bar.verdict(ratio()) + " |";
        }
    }

    Measured of(double figure, double baseline) {
        return new Measured(this, figure, baseline);
    }

    String verdict(double ratio) {
        if (within(ratio, aim)) {
            return "aim reached";
        }
        return within(ratio, must) ? "reached" : "missed";
    }

    boolean within(double ratio, double bound) {
        return ratio <= bound;
    }

    String sign() {
        return "≤ ";
    }
}
