package io.parix.backup.testkit.store;

/** The five verbs of an object store, for faults and counts. */
public enum Verb {
    /** {@link io.parix.backup.spi.ObjectStore#putIfAbsent}. */
    PUT,
    /** {@link io.parix.backup.spi.ObjectStore#get}. */
    GET,
    /** {@link io.parix.backup.spi.ObjectStore#stat}. */
    STAT,
    /** {@link io.parix.backup.spi.ObjectStore#list}; matched by its prefix. */
    LIST,
    /** {@link io.parix.backup.spi.ObjectStore#delete}; matched key by key. */
    DELETE
}
