package io.parix.backup.spi;

import io.parix.backup.ByteSize;

/**
 * What a place can do. A value: what is claimed is tested by the contract suite, what is not claimed must be refused.
 *
 * @param conditionalCreate whether {@link ObjectStore#putIfAbsent} is atomic among concurrent writers of one key
 * @param objectLock whether objects may be locked against deletion; where not, no {@link ObjectStore#delete} answers
 *     {@link DeleteOutcome.Locked}
 * @param versioning whether deleted objects may live on as older versions
 * @param largestWrite the largest object of one {@link ObjectStore#putIfAbsent}
 * @param volumeSnapshots what the place can do with volumes
 */
public record Capabilities(
        boolean conditionalCreate,
        boolean objectLock,
        boolean versioning,
        ByteSize largestWrite,
        SnapshotCapabilities volumeSnapshots) {}
