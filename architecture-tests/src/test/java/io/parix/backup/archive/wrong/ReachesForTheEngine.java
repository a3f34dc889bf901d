package io.parix.backup.archive.wrong;

import io.parix.backup.engine.wrong.KeepsStaticState;

/** Wrong: the archive lies under the engine. */
public record ReachesForTheEngine(KeepsStaticState engine) {}
