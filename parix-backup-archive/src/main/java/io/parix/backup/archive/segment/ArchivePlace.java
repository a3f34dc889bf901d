package io.parix.backup.archive.segment;

import io.parix.backup.spi.ObjectStore;

/**
 * Where the backups of one database lie.
 *
 * @param store holds the objects
 * @param keys names them
 */
public record ArchivePlace(ObjectStore store, ArchiveKeys keys) {}
