package io.parix.backup;

/**
 * A database under management, named by the host. Used as one segment of storage keys.
 *
 * @param value 1 to 128 characters of A-Z, a-z, 0-9, {@code .}, {@code _}, {@code -}; starts with a letter or digit;
 *     no {@code ..}
 */
public record DatabaseId(String value) {
    /** Refuses, by {@link InvalidRequestException}, what is not a plain name. */
    public DatabaseId {
        Identifiers.require("database id", value, 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
