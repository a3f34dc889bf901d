package io.parix.backup.testkit.wrong;

import io.parix.backup.provider.local.wrong.ReachesForTheCore;

/** Wrong: providers test with the testkit, so it cannot know them. */
public record ReachesForAProviderToo(ReachesForTheCore provider) {}
