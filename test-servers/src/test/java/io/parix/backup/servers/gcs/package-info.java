@NullMarked
package io.parix.backup.servers.gcs;

import org.jspecify.annotations.NullMarked;
