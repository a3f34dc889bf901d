package io.parix.backup.benchmarks;

/** A bar of the catalog: a figure as a ratio to another one of the same run, and what it has to be. */
enum CatalogBar {
    HISTORY_PAGE("a page of 50 backups from one database's history ÷ one row by its key", Unit.TIME, 8, 3),
    DUE_SCHEDULES("due schedules of a minute, of one daily schedule per database ÷ the same", Unit.TIME, 20, 8),
    DUE_JOBS("the due jobs of a minute, of one waiting job per database ÷ the same", Unit.TIME, 20, 8),
    ALL_OF_ONE("all backups of the database with the longest history ÷ the same", Unit.TIME, 40, 15),
    GAUGES("the gauges, of one daily schedule per database ÷ one aggregate over all jobs", Unit.TIME, 5, 2.5),
    DISPATCH(
            "dispatch: jobs per second × durable writes per job ÷ db-scheduler's own no-op tasks per second",
            Unit.RATE,
            0.3,
            0.6);

    private final String words;
    private final Unit unit;
    private final double must;
    private final double aim;

    CatalogBar(String words, Unit unit, double must, double aim) {
        this.words = words;
        this.unit = unit;
        this.must = must;
        this.aim = aim;
    }

    /** What is measured, and whether more or less of it is better. */
    private enum Unit {
        TIME("≤ ") {
            @Override
            String written(double figure) {
                return Figures.millis(figure);
            }

            @Override
            boolean within(double ratio, double bound) {
                return ratio <= bound;
            }
        },
        RATE("≥ ") {
            @Override
            String written(double figure) {
                return Figures.perSecond(figure);
            }

            @Override
            boolean within(double ratio, double bound) {
                return ratio >= bound;
            }
        };

        private final String sign;

        Unit(String sign) {
            this.sign = sign;
        }

        abstract String written(double figure);

        abstract boolean within(double ratio, double bound);
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
            Unit unit = bar.unit;
            return "| "
                    + String.join(
                            " | ",
                            bar.words,
                            unit.written(figure),
                            unit.written(baseline),
                            Figures.plain(ratio()),
                            unit.sign + Figures.plain(bar.must),
                            unit.sign + Figures.plain(bar.aim),
                            bar.verdict(ratio()))
                    + " |";
        }
    }

    Measured of(double figure, double baseline) {
        return new Measured(this, figure, baseline);
    }

    String verdict(double ratio) {
        if (unit.within(ratio, aim)) {
            return "aim reached";
        }
        return unit.within(ratio, must) ? "reached" : "missed";
    }
}
