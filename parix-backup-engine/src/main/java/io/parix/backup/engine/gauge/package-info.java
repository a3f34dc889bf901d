/** Gauges: what the catalog says of the whole installation, asked for no more often than is useful. */
@NullMarked
package io.parix.backup.engine.gauge;

import org.jspecify.annotations.NullMarked;
