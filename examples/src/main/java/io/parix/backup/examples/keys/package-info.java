/**
 * Backups that are sealed before they leave the process: a key port on a folder of key files, a rotation, and a key that is lost. The door
 * is {@link io.parix.backup.examples.keys.KeyStory}.
 */
@NullMarked
package io.parix.backup.examples.keys;

import org.jspecify.annotations.NullMarked;
