package io.parix.backup.testkit.fault;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault that strikes a call.
 *
 * @param fault which
 * @param subjects those of the call's subjects that it strikes; null for all of them, which need not be told then
 */
record Strike(Fault fault, @Nullable List<String> subjects) {}
