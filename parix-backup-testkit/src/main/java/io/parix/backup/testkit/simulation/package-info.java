/**
 * A seeded simulation of the whole: several engines, each the production one, on one catalog, one place and one host, taking turns
 * at every effect, with faults, crashes, delays and users in between, and invariants after each of them. The door is
 * {@link io.parix.backup.testkit.simulation.Simulation}.
 */
@NullMarked
package io.parix.backup.testkit.simulation;

import org.jspecify.annotations.NullMarked;
