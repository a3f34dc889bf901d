package io.parix.backup.testkit.simulation;

/** The end of a process, as the code that runs in it meets it: nothing is done any more, whatever it tries. */
@SuppressWarnings("serial") // Nobody writes it anywhere.
final class Killed extends Error {
    Killed() {
        super("This process was killed", null, false, false);
    }
}
