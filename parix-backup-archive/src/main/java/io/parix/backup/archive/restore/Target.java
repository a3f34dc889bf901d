package io.parix.backup.archive.restore;

import io.parix.backup.host.StagedFile;

/**
 * One replica to be staged.
 *
 * @param replica the replica's index
 * @param file where to; may hold what an earlier try left; not closed here
 */
public record Target(int replica, StagedFile file) {}
