package io.parix.backup;

import java.util.List;

/**
 * A database as its host describes it now.
 *
 * @param id the database
 * @param name the name that a person confirms a restore with (spec F1)
 * @param status the status; {@link DatabaseStatus#ACTIVE} when it serves
 * @param region where it runs
 * @param provider the id of the infrastructure, which is the id of the backup provider that serves it (spec A1)
 * @param shape what it runs on
 * @param workflows what the host itself runs on it now, beside what holds a slot in the catalog; usually empty
 */
public record DatabaseProfile(
        DatabaseId id,
        String name,
        DatabaseStatus status,
        String region,
        String provider,
        Shape shape,
        List<Workflow> workflows) {

    private static final int LONGEST_REGION = 64;

    /** Copies the list; refuses empty or unprintable texts. */
    public DatabaseProfile {
        workflows = List.copyOf(workflows);
        requireText("database name", name, 256);
        requireText("region", region, LONGEST_REGION);
        requireText("provider id", provider, 64);
    }

    /**
     * Whether a region can have a name.
     *
     * @param name any
     * @return whether it has 1 to 64 printable characters
     */
    public static boolean isRegion(String name) {
        return Printable.is(name, LONGEST_REGION);
    }

    private static void requireText(String what, String value, int max) {
        if (!Printable.is(value, max)) {
            throw InvalidRequestException.of(
                    what, Printable.quote(value), "it must have 1 to " + max + " printable characters");
        }
    }
}
