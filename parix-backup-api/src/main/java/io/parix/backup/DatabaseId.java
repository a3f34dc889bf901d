package io.parix.backup;

/**
 * A database under management, named by the host. Used as one segment of storage keys.
 *
 * @param value 1 to 128 characters of A-Z, a-z, 0-9, {@code .}, {@code _}, {@code -}; starts with a letter or digit;
 *     no {@code ..}; not {@code parix-doctor}, the folder of {@link io.parix.backup.doctor.Doctor examinations} beside those of databases
 */
public record DatabaseId(String value) {
    private static final String RESERVED = "parix-doctor";

    /** Refuses, by {@link InvalidRequestException}, what is not a plain name. */
    public DatabaseId {
        Identifiers.require("database id", value, 128);
        if (value.equals(RESERVED)) {
            throw InvalidRequestException.of("database id", Printable.quote(value), "this library keeps it for itself");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
