package io.parix.backup.testkit.simulation;

/** How many seeds the build runs on the right code, unless it is told another number; what is planted is found within as many. */
final class BuildSeeds {
    static final int COUNT = 500;

    private BuildSeeds() {}
}
