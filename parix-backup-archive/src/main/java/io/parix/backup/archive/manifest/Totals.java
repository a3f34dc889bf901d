package io.parix.backup.archive.manifest;

import io.parix.backup.ByteSize;

/**
 * The sizes of a backup.
 *
 * @param logical the lengths of its data files
 * @param stored the stored bytes it needs: what it added, and of earlier segments the chunks it shares, each once
 * @param fresh the bytes of the objects that it added, segments and indexes; what it shares with earlier backups is
 *     not in it
 */
public record Totals(ByteSize logical, ByteSize stored, ByteSize fresh) {}
