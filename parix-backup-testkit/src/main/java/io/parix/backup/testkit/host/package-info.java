/**
 * A host in memory: databases whose data files are byte arrays, with every port that the engine needs, a log of what it was
 * asked, and answers that can be scripted. The door is {@link io.parix.backup.testkit.host.InMemoryHost}.
 */
@NullMarked
package io.parix.backup.testkit.host;

import org.jspecify.annotations.NullMarked;
