/**
 * The acts, behind one front door: {@link io.parix.backup.engine.ParixBackup}. The rooms below take a job through its
 * steps; what is decided comes from {@code core}, bytes are moved by {@code archive}, and only here are the parts put
 * together.
 */
@NullMarked
package io.parix.backup.engine;

import org.jspecify.annotations.NullMarked;
