package io.parix.backup.archive.datafile;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of TigerBeetle, for example 0.17.8; ordered as releases are.
 *
 * @param major 0 to 65535
 * @param minor 0 to 255
 * @param patch 0 to 255
 */
public record Release(int major, int minor, int patch) implements Comparable<Release> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Comparator<Release> ORDER = Comparator.comparingInt(Release::major)
            .thenComparingInt(Release::minor)
            .thenComparingInt(Release::patch);

    /** Refuses numbers that a data file cannot hold. */
    public Release {
        if (major >>> 16 != 0 || minor >>> 8 != 0 || patch >>> 8 != 0) {
            throw new IllegalArgumentException("Not a release: " + major + "." + minor + "." + patch);
        }
    }

    /**
     * Reads a release as it is written.
     *
     * @param text for example {@code 0.17.8}
     * @return the release, or empty when the text is not one
     */
    public static Optional<Release> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(parts.group(1));
        int minor = Integer.parseInt(parts.group(2));
        int patch = Integer.parseInt(parts.group(3));
        boolean fits = major <= 0xffff && minor <= 0xff && patch <= 0xff;
        return fits ? Optional.of(new Release(major, minor, patch)) : Optional.empty();
    }

    /**
     * Reads a release as data files hold it.
     *
     * @param packed major in the upper 16 bits, then minor and patch
     * @return the release
     */
    public static Release of(int packed) {
        return new Release(packed >>> 16, packed >>> 8 & 0xff, packed & 0xff);
    }

    /** {@return the release as data files hold it} */
    public int packed() {
        return major << 16 | minor << 8 | patch;
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }

    /** {@return the release as it is written} */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
