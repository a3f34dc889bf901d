/**
 * A cluster whose data files lie in one directory on this machine, as the engine's host ports want to see it.
 *
 * <p>Door: {@link io.parix.backup.provider.local.cluster.DirectoryCluster}. The files are this room's; what runs on them is
 * the embedder's, behind {@link io.parix.backup.provider.local.cluster.ClusterControl}. Everything of a restore lies in
 * {@code .parix-restore} beside the data files. What may not come in: the format of data files.
 */
@NullMarked
package io.parix.backup.provider.local.cluster;

import org.jspecify.annotations.NullMarked;
