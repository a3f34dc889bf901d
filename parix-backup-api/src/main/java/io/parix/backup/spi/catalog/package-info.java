/**
 * What a catalog implements: the durable rows behind every job, and the wake-ups that make workers look at them.
 *
 * <p>The catalog is the truth and its clock judges every lease. It knows rows, versions and constraints; what a step or a
 * payload means is the engine's business.
 */
@NullMarked
package io.parix.backup.spi.catalog;

import org.jspecify.annotations.NullMarked;
