/**
 * TigerBeetle data files read as what they are: zones, superblock copies and their quorum, the write-ahead log, grid
 * blocks, and the conditions under which a set of them is one cluster.
 *
 * <p>Nothing here writes, and nothing here knows of backups.
 */
@NullMarked
package io.parix.backup.archive.datafile;

import org.jspecify.annotations.NullMarked;
