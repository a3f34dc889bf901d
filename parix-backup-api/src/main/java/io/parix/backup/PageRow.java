package io.parix.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One backup on a page (spec D2, D3). Status, trigger, actor, start and end are those of the backup.
 *
 * @param backup the backup as it is now
 * @param size what it holds, or null until it completed
 * @param when its end; before there is one its start; before there is one when it was asked for
 * @param expiry what becomes of it; null where the host cannot tell whose the database is, and nothing is removed meanwhile
 * @param restore every check of spec E and whether the viewer may restore; E2 and E3 come from the recorded look at storage, whose
 *     instant is in what they found
 * @param blocked why it is still there though it shall go, or null
 * @param drill what the last restore drill found out, or null where there was none (spec F9)
 */
public record PageRow(
        Backup backup,
        @Nullable Size size,
        Moment when,
        @Nullable Expiry expiry,
        Report restore,
        @Nullable CleanUpBlocked blocked,
        @Nullable Drill drill) {

    /** {@return whether a restore is offered} */
    public boolean restorable() {
        return restore.passed();
    }

    /** {@return what it holds, once it completed} */
    public Optional<Size> sizes() {
        return Optional.ofNullable(size);
    }

    /** {@return what becomes of it, where that can be told} */
    public Optional<Expiry> expires() {
        return Optional.ofNullable(expiry);
    }

    /** {@return why it is still there though it shall go, where something keeps it} */
    public Optional<CleanUpBlocked> obstacle() {
        return Optional.ofNullable(blocked);
    }

    /** {@return what the last restore drill found out, where there was one} */
    public Optional<Drill> lastDrill() {
        return Optional.ofNullable(drill);
    }

    /**
     * The last restore drill of a backup.
     *
     * @param record what it found out
     * @param at its end
     */
    public record Drill(DrillRecord record, Moment at) {}

    /**
     * How large a backup is.
     *
     * @param logical the length of all replica files
     * @param added the bytes that it added to the store; what it shares with others is not counted
     */
    public record Size(ByteSize logical, ByteSize added) {
        /** {@return both in words, for example {@code 1.3 GiB, 20.0 MiB added}} */
        public String words() {
            return logical.words() + ", " + added.words() + " added";
        }
    }

    /**
     * What becomes of a backup when clean-up comes by.
     *
     * @param decision kept, removed or left alone, with its reason and the sentence
     * @param at when its period is over, or null where no age decides
     */
    public record Expiry(
            RetentionDecision decision, @Nullable Moment at) {
        /** {@return when its period is over, where its age decides} */
        public Optional<Moment> moment() {
            return Optional.ofNullable(at);
        }
    }
}
