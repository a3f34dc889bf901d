package io.parix.backup.host;

import java.time.Duration;
import java.util.List;

/** The answer to {@link ReplicaImages#capture}. */
public sealed interface Capture {
    /**
     * The images are not there yet; no thread is held meanwhile (spec B8).
     *
     * @param reason what is waited for, for a person, for example {@code snapshot of replica 2 is pending, 43 %}
     * @param lookAgain how long until it is worth asking again; more than zero
     */
    record Pending(String reason, Duration lookAgain) implements Capture {}

    /**
     * The images are there.
     *
     * @param images one per replica, in any order
     */
    record Ready(List<Image> images) implements Capture {
        /** Copies the list. */
        public Ready {
            images = List.copyOf(images);
        }
    }
}
