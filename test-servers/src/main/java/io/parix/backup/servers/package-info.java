/** Servers that tests, examples and benchmarks start on loopback, as processes with class paths of their own. */
@NullMarked
package io.parix.backup.servers;

import org.jspecify.annotations.NullMarked;
