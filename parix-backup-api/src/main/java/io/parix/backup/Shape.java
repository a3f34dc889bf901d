package io.parix.backup;

/**
 * What a database runs on; all of it is compared before a restore is offered (spec E6 to E12).
 *
 * @param nodeCount replicas, 1 to 6
 * @param vcpu virtual processors per node, 1 or more
 * @param memory memory per node
 * @param storageTier the host's name of the storage tier
 * @param storageSize storage per node
 * @param networkMode the host's name of the network mode
 * @param developmentMode whether TigerBeetle runs in development mode
 * @param tigerBeetleVersion the version that the profile says, for example {@code 0.17.8}
 */
public record Shape(
        int nodeCount,
        int vcpu,
        ByteSize memory,
        String storageTier,
        ByteSize storageSize,
        String networkMode,
        boolean developmentMode,
        String tigerBeetleVersion) {

    /** Refuses impossible counts and empty names. */
    public Shape {
        if (nodeCount < 1 || nodeCount > 6) {
            throw InvalidRequestException.of("shape", "with " + nodeCount + " nodes", "a cluster has 1 to 6 replicas");
        }
        if (vcpu < 1) {
            throw InvalidRequestException.of("shape", "with " + vcpu + " vCPU", "a node has at least one");
        }
        requireName("storage tier", storageTier);
        requireName("network mode", networkMode);
        requireName("TigerBeetle version", tigerBeetleVersion);
    }

    private static void requireName(String what, String value) {
        if (!Printable.is(value, 128)) {
            throw InvalidRequestException.of(
                    what, Printable.quote(value), "it must have 1 to 128 printable characters");
        }
    }
}
