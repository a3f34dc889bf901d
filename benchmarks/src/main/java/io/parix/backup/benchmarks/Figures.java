package io.parix.backup.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Medians, ratios and how they are written. */
final class Figures {
    private Figures() {}

    /**
     * The middle value; of an even number of values the mean of the two in the middle.
     *
     * @param values at least one, in any order
     * @return their median
     */
    static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("The median of no values is not known.");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * How much of the baseline something is.
     *
     * @param value what is compared, 0 or more
     * @param baseline more than 0
     * @return {@code value} divided by {@code baseline}
     */
    static double ratio(double value, double baseline) {
        if (!(baseline > 0)) {
            throw new IllegalArgumentException("A ratio to " + baseline + " says nothing.");
        }
        return value / baseline;
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }

    static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.3f ms", seconds * 1_000);
    }

    static String perSecond(double figure) {
        return String.format(Locale.ROOT, "%,.0f /s", figure);
    }

    static String mebibytes(double bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / (1 << 20));
    }

    static String plain(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
