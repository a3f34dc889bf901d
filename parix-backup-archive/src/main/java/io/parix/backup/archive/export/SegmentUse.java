package io.parix.backup.archive.export;

import io.parix.backup.archive.segment.SegmentRef;

/**
 * How much of a segment a backup needs.
 *
 * @param segment the segment, of this backup or an earlier one
 * @param usedBytes the stored bytes of its chunks that the backup needs, each once
 */
public record SegmentUse(SegmentRef segment, long usedBytes) {}
