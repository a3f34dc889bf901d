/**
 * Trying a place live (spec J3): one look for each requirement, on objects of its own that are removed again. The door is
 * {@link io.parix.backup.engine.doctor.ProviderDoctor}. Nothing here is particular to a provider: all is asked through the SPI.
 */
@NullMarked
package io.parix.backup.engine.doctor;

import org.jspecify.annotations.NullMarked;
