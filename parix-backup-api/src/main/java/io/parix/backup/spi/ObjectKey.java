package io.parix.backup.spi;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;

/**
 * The name of an object: path segments of restricted ASCII joined by {@code /}.
 *
 * <p>Ordered by character, which for this alphabet is also byte order. A segment is 1 to 200 characters of A-Z, a-z, 0-9,
 * {@code .}, {@code _}, {@code -} and starts with a letter or digit; {@code ..} does not occur.
 *
 * @param value the whole name, 1 to 1,000 characters
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
    /** Refuses, by {@link InvalidRequestException}, everything that could leave its place. */
    public ObjectKey {
        KeySyntax.require("object key", value);
    }

    /** {@return the last segment} */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /**
     * Takes a name that came from outside, such as a listing or a manifest.
     *
     * @param value the name as found
     * @param within the prefix that it must lie under
     * @return the key
     */
    public static ObjectKey within(String value, KeyPrefix within) {
        ObjectKey key = new ObjectKey(value);
        if (!within.contains(key)) {
            throw InvalidRequestException.of("object key", Printable.quote(value), "it does not lie under " + within);
        }
        return key;
    }

    @Override
    public int compareTo(ObjectKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
