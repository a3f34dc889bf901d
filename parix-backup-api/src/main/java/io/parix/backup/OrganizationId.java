package io.parix.backup;

/**
 * An organization that owns databases, named by the host; its owner or admin decides how long backups are kept (spec H1).
 *
 * @param value 1 to 128 characters of A-Z, a-z, 0-9, {@code .}, {@code _}, {@code -}; starts with a letter or digit;
 *     no {@code ..}
 */
public record OrganizationId(String value) {
    /** The one organization of a host that names none. */
    public static final OrganizationId EVERYBODY = new OrganizationId("everybody");

    /** Refuses, by {@link InvalidRequestException}, what is not a plain name. */
    public OrganizationId {
        Identifiers.require("organization id", value, 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
