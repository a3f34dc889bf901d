package io.parix.backup.spi.catalog;

import io.parix.backup.Workflow;

/** The answer to {@link Catalog#insert}. */
public sealed interface Inserted {
    /**
     * The job was inserted and holds its database's slot.
     *
     * @param row as inserted
     */
    record Created(JobRecord row) implements Inserted {}

    /**
     * The same idempotency key made this job before; nothing was inserted.
     *
     * @param row as it is now
     */
    record Existing(JobRecord row) implements Inserted {}

    /**
     * Another workflow holds the slot; nothing was inserted.
     *
     * @param by what holds it
     */
    record Occupied(Workflow by) implements Inserted {}
}
