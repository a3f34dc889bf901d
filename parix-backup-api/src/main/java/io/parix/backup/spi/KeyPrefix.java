package io.parix.backup.spi;

/**
 * A folder of keys, in whole path segments: {@code db/1} contains {@code db/1/x} and never {@code db/10/x}.
 *
 * @param value segments joined by {@code /} without a trailing one; empty for the root
 */
public record KeyPrefix(String value) {
    /** Everything. */
    public static final KeyPrefix ROOT = new KeyPrefix("");

    /** Refuses, by {@link io.parix.backup.InvalidRequestException}, what is not made of plain segments. */
    public KeyPrefix {
        if (!value.isEmpty()) {
            KeySyntax.require("key prefix", value);
        }
    }

    /**
     * A folder in this one.
     *
     * @param segments one or more segments joined by {@code /}
     * @return the folder
     */
    public KeyPrefix folder(String segments) {
        return new KeyPrefix(value.isEmpty() ? segments : value + "/" + segments);
    }

    /**
     * A key in this folder.
     *
     * @param segments one or more segments joined by {@code /}
     * @return the key
     */
    public ObjectKey key(String segments) {
        return new ObjectKey(value.isEmpty() ? segments : value + "/" + segments);
    }

    /**
     * Tells whether a key lies in this folder, at any depth.
     *
     * @param key any key
     * @return whether it does
     */
    public boolean contains(ObjectKey key) {
        return value.isEmpty() || key.value().startsWith(value + "/");
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "/" : value + "/";
    }
}
