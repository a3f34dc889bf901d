/**
 * Storage providers: found, checked, and their places opened once and shared. The door is
 * {@link io.parix.backup.engine.provider.ProviderSessions}.
 */
@NullMarked
package io.parix.backup.engine.provider;

import org.jspecify.annotations.NullMarked;
