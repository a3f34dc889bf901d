package io.parix.backup.engine.wrong;

/** Wrong: a drawer for what found no place. */
public record KeyUtils() {}
