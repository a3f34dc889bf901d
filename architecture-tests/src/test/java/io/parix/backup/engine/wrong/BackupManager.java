package io.parix.backup.engine.wrong;

/** Wrong: a name that says nothing, a get prefix, a boolean that nobody can read where it is passed. */
public interface BackupManager {
    String getName();

    void open(boolean forWriting);

    /** Wrong as a nested name too. */
    record StoreImpl() {}
}
