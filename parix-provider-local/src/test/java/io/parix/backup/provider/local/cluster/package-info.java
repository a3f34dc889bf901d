/** The directory of a cluster, stopped between any two operations on its files. */
@NullMarked
package io.parix.backup.provider.local.cluster;

import org.jspecify.annotations.NullMarked;
