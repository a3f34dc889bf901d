package io.parix.backup;

import java.time.Instant;
import java.util.Optional;

/** What a database is now, as far as a page shows it. */
public sealed interface DatabaseView {
    /**
     * It exists.
     *
     * @param name the name that a person knows it by; as the host gave it, to be escaped by whoever prints it
     * @param status its status
     * @param region where it runs
     */
    record Live(String name, DatabaseStatus status, String region) implements DatabaseView {}

    /**
     * It was deleted; its backups stay until they expire (spec H2).
     *
     * @param at when
     */
    record Deleted(Instant at) implements DatabaseView {}

    /**
     * The host cannot tell.
     *
     * @param reason why; as the host gave it, to be escaped by whoever prints it
     */
    record Unknown(String reason) implements DatabaseView {}

    /** {@return the name that a person knows it by, where it exists} */
    default Optional<String> shownName() {
        return this instanceof Live live ? Optional.of(live.name()) : Optional.empty();
    }
}
