/** Cluster directories whose disk tells of each change, which is for this library's own tests. */
@NullMarked
package io.parix.backup.provider.local.cluster;

import org.jspecify.annotations.NullMarked;
