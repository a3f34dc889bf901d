package io.parix.backup.provider.gcp;

import io.parix.backup.Printable;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which disk, in one zone or in several of a region.
 *
 * @param project whose
 * @param place {@code zones/Z} or {@code regions/R}
 * @param name its name
 */
record DiskPath(String project, String place, String name) {
    private static final String WORD = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern PATH =
            Pattern.compile("(https?://[^/]+/compute/[a-z0-9]+/)?(projects/(?<project>[a-z0-9.:-]{1,100})/)?"
                    + "(?<place>(zones|regions)/" + WORD + ")/disks/(?<name>" + WORD + ")");

    /**
     * Reads a path.
     *
     * @param text {@code zones/Z/disks/D}, {@code regions/R/disks/D}, the same after {@code projects/P/}, or a whole address
     * @param project for a path that names none
     * @return the path; empty where it is none
     */
    static Optional<DiskPath> of(String text, String project) {
        Matcher path = PATH.matcher(text);
        if (!path.matches()) {
            return Optional.empty();
        }
        String named = path.group("project");
        return Optional.of(new DiskPath(named == null ? project : named, path.group("place"), path.group("name")));
    }

    /** {@return the path of a volume; refuses what is none, and a project by its number, since Compute Engine answers by its id} */
    static DiskPath required(String volume, String project, GcpCall call) {
        return of(volume, project)
                .filter(path -> !path.project().matches("[0-9]+"))
                .orElseThrow(() -> new ProviderException(
                        ErrorKind.INVALID_REQUEST,
                        "Failed " + call.doing() + ": " + Printable.quote(volume)
                                + " is no disk, such as zones/europe-west3-a/disks/ledger-0, of a project by its id."));
    }

    /** {@return whether it is in several zones of a region} */
    boolean regional() {
        return place.startsWith("regions/");
    }

    /** {@return the zone, or the region} */
    String where() {
        return place.substring(place.indexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "projects/" + project + "/" + place + "/disks/" + name;
    }
}
