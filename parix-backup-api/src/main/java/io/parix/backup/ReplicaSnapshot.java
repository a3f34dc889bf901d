package io.parix.backup;

/**
 * The provider's snapshot of one replica's volume, as it was last seen. It stands beside the exported data file, never instead of
 * it (spec C1). Immutable.
 *
 * @param replica the replica's index, 0 to 99
 * @param volume the provider's name of its volume, 1 to 1024 printable characters
 * @param name the snapshot's name at the provider, 1 to 63 characters of a-z, 0-9, {@code -}
 * @param state where it is
 * @param percent progress towards usable, 0 to 100
 * @param reason why it failed; empty otherwise
 * @param opaque the provider's own note, kept and never read, at most 4,096 characters
 */
public record ReplicaSnapshot(
        int replica, String volume, String name, State state, int percent, String reason, String opaque) {
    private static final int HIGHEST_REPLICA = 99;
    private static final int LONGEST_VOLUME = 1024;
    private static final int LONGEST_NOTE = 4_096;
    private static final int WHOLE = 100;

    /** Where a snapshot is. */
    public enum State {
        /** It will be asked for, or was and the answer is not known. */
        PLANNED("planned"),
        /** The point in time is not fixed yet. */
        CUTTING("cutting"),
        /** The point in time is fixed; the provider is still storing it. */
        CUT("cut"),
        /** A volume can be made of it. */
        USABLE("usable"),
        /** It is not there, or will never be usable. */
        FAILED("failed");

        private final String code;

        State(String code) {
            this.code = code;
        }

        /** {@return the stable text of this state} */
        public String code() {
            return code;
        }
    }

    /** Refuses, by {@link InvalidRequestException}, what no provider could have answered. */
    public ReplicaSnapshot {
        hold(replica >= 0 && replica <= HIGHEST_REPLICA, "replica", replica, "it must be 0 to " + HIGHEST_REPLICA);
        hold(
                Printable.is(volume, LONGEST_VOLUME),
                "volume",
                Printable.quote(volume),
                "it must have 1 to " + LONGEST_VOLUME + " printable characters");
        hold(
                name.matches("[a-z0-9-]{1,63}"),
                "snapshot name",
                Printable.quote(name),
                "it must have 1 to 63 characters of a-z, 0-9, '-'");
        hold(percent >= 0 && percent <= WHOLE, "progress", percent, "it must be 0 to " + WHOLE + " %");
        hold(
                opaque.length() <= LONGEST_NOTE,
                "a provider's note",
                opaque.length() + " characters",
                "it has at most " + LONGEST_NOTE);
    }

    private static void hold(boolean holds, String what, Object found, String fact) {
        if (!holds) {
            throw InvalidRequestException.of(what, String.valueOf(found), fact);
        }
    }

    /**
     * A snapshot that is to be asked for.
     *
     * @param replica the replica's index
     * @param volume the provider's name of its volume
     * @param name its name, decided before it is asked for (spec B6)
     * @return the snapshot, planned
     */
    public static ReplicaSnapshot planned(int replica, String volume, String name) {
        return new ReplicaSnapshot(replica, volume, name, State.PLANNED, 0, "", "");
    }

    /**
     * The same snapshot, which is not to be had.
     *
     * @param why in words
     * @return the snapshot, failed
     */
    public ReplicaSnapshot failed(String why) {
        return new ReplicaSnapshot(replica, volume, name, State.FAILED, percent, why, opaque);
    }
}
