package io.parix.backup.engine;

import io.parix.backup.DatabaseProfile;
import io.parix.backup.spi.ConfigurationMistake;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the regions that a worker serves must look like. */
final class Regions {
    private static final int MOST = 100;

    private Regions() {}

    static List<ConfigurationMistake> mistakes(Set<String> regions) {
        if (regions.isEmpty() || regions.size() > MOST) {
            return List.of(new ConfigurationMistake(
                    "regions",
                    "must be 1 to " + MOST + " regions, there are " + regions.size() + "; leave it out to serve all"));
        }
        return regions.stream()
                .sorted()
                .filter(region -> !DatabaseProfile.isRegion(region))
                .flatMap(region -> Stream.of(new ConfigurationMistake(
                        "regions",
                        "must be names of 1 to 64 printable characters, one has " + region.length()
                                + " or holds what cannot be printed")))
                .toList();
    }
}
