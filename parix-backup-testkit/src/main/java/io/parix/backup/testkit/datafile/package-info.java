/**
 * Synthetic data files: sets of replicas that read, check and compress as those of real clusters, of any size, from a
 * seed.
 *
 * <p>The door is {@link io.parix.backup.testkit.datafile.SyntheticCluster}. TigerBeetle itself does not start from these
 * files: tables are filled with records, and nothing names them.
 */
@NullMarked
package io.parix.backup.testkit.datafile;

import org.jspecify.annotations.NullMarked;
