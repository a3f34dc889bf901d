package io.parix.backup.engine.wrong;

import io.parix.backup.provider.local.wrong.ReachesForTheCore;

/** Wrong: the engine knows providers by the SPI only. */
public record ReachesForAProvider(ReachesForTheCore provider) {}
