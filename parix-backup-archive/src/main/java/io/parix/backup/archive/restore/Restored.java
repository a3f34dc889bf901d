package io.parix.backup.archive.restore;

/**
 * What a restore did.
 *
 * @param logicalBytes the lengths of the staged files
 * @param fetchedBytes bytes of the segments that were fetched
 * @param writtenBytes bytes written to staged files
 * @param keptBytes bytes that were already right in the staged files and were not fetched again
 */
public record Restored(long logicalBytes, long fetchedBytes, long writtenBytes, long keptBytes) {}
