/**
 * Faults as values, in front of any port, and a log of what was called through it.
 *
 * <p>The door is {@link io.parix.backup.testkit.fault.Faults}. It puts a wrapper before a port, ours or one's own, that changes nothing
 * until a {@link io.parix.backup.testkit.fault.Fault} is added: which calls it strikes, and by which
 * {@link io.parix.backup.testkit.fault.Effect}.
 *
 * <pre>{@code
 * Faults faults = Faults.on(clock);
 * BackupProvider provider = faults.before(BackupProvider.class, mine);
 *
 * faults.add(fail("putIfAbsent", nth(3)).with(throttled(ofSeconds(5))));
 * faults.add(strike("putIfAbsent", first(1)).with(lostAnswer()).ending("manifest.json"));
 * faults.add(strike("get").with(flip()).under("db-1/segments"));
 * faults.add(answer("fenceOld").with(HostAnswer.failed("node 2 does not answer")));
 *
 * // … a backup, a restore …
 *
 * assertThat(faults.calls("putIfAbsent")).isEqualTo(7);
 * assertThat(faults.log().effects().lines()).endsWith("release b1-1");
 * }</pre>
 *
 * <p>What may not come in: threads, chance, a clock of its own. So what was scripted happens, and happens again.
 */
@NullMarked
package io.parix.backup.testkit.fault;

import org.jspecify.annotations.NullMarked;
