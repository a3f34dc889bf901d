/** The simulation as a command: as many seeds as there is time for. The door is {@link io.parix.backup.examples.simulate.Simulate}. */
@NullMarked
package io.parix.backup.examples.simulate;

import org.jspecify.annotations.NullMarked;
