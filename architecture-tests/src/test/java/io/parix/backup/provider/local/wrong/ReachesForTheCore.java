package io.parix.backup.provider.local.wrong;

import io.parix.backup.core.wrong.NamesJackson;

/** Wrong: a provider sees the api only. */
public record ReachesForTheCore(NamesJackson core) {}
