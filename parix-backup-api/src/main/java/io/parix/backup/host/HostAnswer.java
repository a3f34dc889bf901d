package io.parix.backup.host;

import java.time.Duration;

/** A host's answer to a step of a restore. */
public sealed interface HostAnswer {
    /** The step is done; asking again gives the same answer. */
    record Done() implements HostAnswer {}

    /**
     * The step is under way.
     *
     * @param reason what is waited for, for a person
     * @param lookAgain how long until it is worth asking again; more than zero
     */
    record Pending(String reason, Duration lookAgain) implements HostAnswer {}

    /**
     * The step cannot be done.
     *
     * @param reason why, for a person
     */
    record Failed(String reason) implements HostAnswer {}

    /** {@return that the step is done} */
    static HostAnswer done() {
        return new Done();
    }

    /**
     * The step is under way.
     *
     * @param reason what is waited for
     * @param lookAgain how long until it is worth asking again
     * @return that answer
     */
    static HostAnswer pending(String reason, Duration lookAgain) {
        return new Pending(reason, lookAgain);
    }

    /**
     * The step cannot be done.
     *
     * @param reason why
     * @return that answer
     */
    static HostAnswer failed(String reason) {
        return new Failed(reason);
    }
}
