package io.parix.backup.wrong;

/** Wrong: a package that no room owns. */
public record LiesNowhere() {}
