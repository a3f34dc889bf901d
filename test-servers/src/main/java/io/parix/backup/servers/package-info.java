/** Servers that tests, examples and benchmarks start on loopback, and what stands between them and a client. */
@NullMarked
package io.parix.backup.servers;

import org.jspecify.annotations.NullMarked;
