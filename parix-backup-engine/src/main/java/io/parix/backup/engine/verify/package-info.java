/**
 * Looking at completed backups again: whether they are there, whether every byte is right, whether a database would be
 * content. The door is {@link io.parix.backup.engine.verify.BackupVerifier}.
 */
@NullMarked
package io.parix.backup.engine.verify;

import org.jspecify.annotations.NullMarked;
