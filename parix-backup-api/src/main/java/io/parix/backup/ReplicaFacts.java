package io.parix.backup;

/**
 * What a replica's data file says of itself (spec C2).
 *
 * @param index the replica's index, from the superblock, 0 to {@code count - 1}
 * @param count how many replicas the cluster has
 * @param cluster the cluster id, an unsigned 128-bit number in decimal
 * @param release the release that the operations after the checkpoint need, for example {@code 0.17.8}
 * @param checkpointOp the last operation in the checkpoint; 0 before the first
 * @param fileSize the file's length
 */
public record ReplicaFacts(
        int index, int count, String cluster, String release, long checkpointOp, ByteSize fileSize) {}
