package io.parix.backup.testkit.simulation;

/** Within how many seeds what is planted is found; the build runs four times as many on the right code. */
final class BuildSeeds {
    static final int COUNT = 500;

    private BuildSeeds() {}
}
