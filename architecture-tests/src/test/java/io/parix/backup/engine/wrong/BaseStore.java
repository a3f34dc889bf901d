package io.parix.backup.engine.wrong;

/** Wrong: a base to inherit from. */
public record BaseStore() {}
