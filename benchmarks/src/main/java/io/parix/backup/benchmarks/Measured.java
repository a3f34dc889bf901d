package io.parix.backup.benchmarks;

import java.util.List;

/**
 * What one run of one stage took.
 *
 * @param nanos wall time of the whole processes, from start to exit
 * @param peakBytes the largest resident set of any of the processes
 */
record Measured(long nanos, long peakBytes) {
    static final Measured NOTHING = new Measured(0, 0);

    /** {@return both one after the other: times add up, of the peaks the higher one counts} */
    Measured then(Measured next) {
        return new Measured(nanos + next.nanos, Math.max(peakBytes, next.peakBytes));
    }

    double seconds() {
        return nanos / 1e9;
    }

    static double medianSeconds(List<Measured> runs) {
        return Figures.median(runs.stream().mapToDouble(Measured::seconds).toArray());
    }

    static double medianPeak(List<Measured> runs) {
        return Figures.median(runs.stream().mapToDouble(Measured::peakBytes).toArray());
    }
}
