package io.parix.backup.archive.manifest;

import io.parix.backup.host.WrappedKey;

/**
 * What the objects of one attempt are sealed under (spec C13).
 *
 * @param attempt as {@link io.parix.backup.archive.segment.ArchiveKeys#attempt} names it
 * @param key the attempt's data key, wrapped
 */
public record AttemptKey(String attempt, WrappedKey key) {}
