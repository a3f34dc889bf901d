package io.parix.backup;

/**
 * Asks for a restore, which replaces the live database.
 *
 * @param backup what to put back
 * @param confirmedName the database's exact name, typed by a person (spec F1)
 * @param actor who asks
 */
public record RestoreRequest(BackupId backup, String confirmedName, Actor actor) {}
