package io.parix.backup.architecture;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms of the house: their packages, which rooms and libraries each may see, and how much of each there is at least.
 *
 * <p>A new module is one constant here and one dependency in this module's pom. The minimums keep every rule from passing
 * over nothing: they are raised as a room fills and stay well under what is there.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists and sets are List.of and Set.of, which nobody can change.
enum Room {
    API(
            "parix-backup-api",
            List.of(
                    "io.parix.backup",
                    "io.parix.backup.doctor",
                    "io.parix.backup.host",
                    "io.parix.backup.rebuild",
                    "io.parix.backup.spi"),
            Set.of(),
            Set.of("org.jspecify.annotations", "javax.crypto"),
            new Minimum(60, 0)),
    CORE(
            "parix-backup-core",
            List.of("io.parix.backup.core"),
            Set.of("API"),
            Set.of("org.jspecify.annotations"),
            new Minimum(60, 8)),
    ARCHIVE(
            "parix-backup-archive",
            List.of("io.parix.backup.archive"),
            Set.of("API", "CORE"),
            Set.of("org.jspecify.annotations", "com.fasterxml.jackson.core", "com.github.luben.zstd", "javax.crypto"),
            new Minimum(80, 15)),
    ENGINE(
            "parix-backup-engine",
            List.of("io.parix.backup.engine"),
            Set.of("API", "CORE", "ARCHIVE"),
            Set.of("org.jspecify.annotations", "org.slf4j"),
            new Minimum(60, 5)),
    PROVIDER_LOCAL(
            "parix-provider-local",
            List.of("io.parix.backup.provider.local"),
            Set.of("API"),
            Set.of("org.jspecify.annotations", "com.sun.nio.file"),
            new Minimum(25, 5)),
    PROVIDER_AWS(
            "parix-provider-aws",
            List.of("io.parix.backup.provider.aws"),
            Set.of("API"),
            Set.of("org.jspecify.annotations", "software.amazon.awssdk"),
            new Minimum(15, 3)),
    PROVIDER_GCP(
            "parix-provider-gcp",
            List.of("io.parix.backup.provider.gcp"),
            Set.of("API"),
            Set.of(
                    "org.jspecify.annotations",
                    "com.google.api",
                    "com.google.auth",
                    "com.google.cloud",
                    "org.apache.hc.client5.http",
                    "org.apache.hc.core5"),
            new Minimum(20, 10)),
    CATALOG_JDBC(
            "parix-catalog-jdbc",
            List.of("io.parix.backup.catalog.jdbc"),
            Set.of("API"),
            Set.of(
                    "org.jspecify.annotations",
                    "org.slf4j",
                    "javax.sql",
                    "org.flywaydb.core",
                    "com.github.kagkarlsson.scheduler"),
            new Minimum(25, 8)),
    MICROMETER(
            "parix-backup-micrometer",
            List.of("io.parix.backup.micrometer"),
            Set.of("API"),
            Set.of("org.jspecify.annotations", "io.micrometer.core.instrument"),
            new Minimum(3, 3)),
    TESTKIT(
            "parix-backup-testkit",
            List.of("io.parix.backup.testkit"),
            Set.of("API", "CORE", "ARCHIVE", "ENGINE"),
            Set.of("org.jspecify.annotations", "org.junit.jupiter.api", "org.assertj.core", "javax.crypto"),
            new Minimum(50, 15)),
    TEST_SERVERS(
            "test-servers",
            List.of("io.parix.backup.servers"),
            Set.of(),
            Set.of("org.jspecify.annotations", "com.google.gson", "com.sun.net.httpserver", "javax.net.ssl"),
            new Minimum(15, 1)),
    EXAMPLES(
            "examples",
            List.of("io.parix.backup.examples"),
            Set.of(
                    "API",
                    "CORE",
                    "ARCHIVE",
                    "ENGINE",
                    "PROVIDER_LOCAL",
                    "PROVIDER_AWS",
                    "PROVIDER_GCP",
                    "CATALOG_JDBC",
                    "TESTKIT",
                    "TEST_SERVERS"),
            Set.of(
                    "org.jspecify.annotations",
                    "picocli",
                    "org.h2.tools",
                    "com.zaxxer.hikari",
                    "software.amazon.awssdk",
                    "com.google.auth",
                    "com.google.cloud",
                    "javax.crypto"),
            new Minimum(25, 5)),
    /** What an author outside has: the api, and the testkit for its tests. */
    PROVIDER_IN_A_DAY(
            "examples/provider-in-a-day",
            List.of("io.parix.backup.examples.provider"),
            Set.of("API"),
            Set.of("org.jspecify.annotations", "javax.sql"),
            new Minimum(12, 8)),
    BENCHMARKS(
            "benchmarks",
            List.of("io.parix.backup.benchmarks"),
            Set.of(
                    "API",
                    "CORE",
                    "ARCHIVE",
                    "ENGINE",
                    "PROVIDER_LOCAL",
                    "PROVIDER_AWS",
                    "PROVIDER_GCP",
                    "CATALOG_JDBC",
                    "TESTKIT",
                    "TEST_SERVERS"),
            Set.of(
                    "org.jspecify.annotations",
                    "software.amazon.awssdk",
                    "com.google.auth",
                    "org.openjdk.jmh",
                    "com.github.luben.zstd",
                    "com.github.kagkarlsson.scheduler",
                    "com.zaxxer.hikari",
                    "io.zonky.test.db.postgres.embedded",
                    "javax.sql"),
            new Minimum(20, 4));

    /**
     * Under these numbers a scan counts as empty.
     *
     * @param classes compiled classes of the room's main sources, nested ones included
     * @param tests source files of the room's own tests
     */
    record Minimum(int classes, int tests) {}

    /** What embedders and provider authors get, and what those copy from: the rules for libraries hold here. */
    static final Set<Room> LIBRARIES = EnumSet.of(
            API,
            CORE,
            ARCHIVE,
            ENGINE,
            PROVIDER_LOCAL,
            PROVIDER_AWS,
            PROVIDER_GCP,
            PROVIDER_IN_A_DAY,
            CATALOG_JDBC,
            MICROMETER,
            TESTKIT);

    private final String module;
    private final List<String> packages;
    private final Set<String> neighbours;
    private final Set<String> libraries;
    private final Minimum minimum;

    Room(String module, List<String> packages, Set<String> neighbours, Set<String> libraries, Minimum minimum) {
        this.module = module;
        this.packages = packages;
        this.neighbours = neighbours;
        this.libraries = libraries;
        this.minimum = minimum;
    }

    /** {@return the folder of the module, below the root; the last part is its artifact id} */
    String module() {
        return module;
    }

    Minimum minimum() {
        return minimum;
    }

    /** {@return the room that a package belongs to, by the longest name that it lies in; none for foreign packages} */
    static Optional<Room> of(String packageName) {
        return Arrays.stream(values())
                .filter(room -> room.depthOf(packageName) > 0)
                .max(Comparator.comparingInt(room -> room.depthOf(packageName)));
    }

    /** {@return whether this room may name classes of another one} */
    boolean maySee(Room other) {
        return other == this || neighbours.contains(other.name());
    }

    /** {@return whether a class of this room may name one that lies in a package} */
    boolean maySee(String packageName) {
        if (packageName.isEmpty() || packageName.equals("java") || packageName.startsWith("java.")) {
            return true;
        }
        return of(packageName)
                .map(room -> room == this || neighbours.contains(room.name()))
                .orElseGet(() -> libraries.stream().anyMatch(library -> liesIn(packageName, library)));
    }

    private int depthOf(String packageName) {
        return packages.stream()
                .filter(own -> own.equals("io.parix.backup") ? packageName.equals(own) : liesIn(packageName, own))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static boolean liesIn(String packageName, String parent) {
        return packageName.equals(parent) || packageName.startsWith(parent + ".");
    }
}
