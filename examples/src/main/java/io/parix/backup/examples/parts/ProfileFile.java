package io.parix.backup.examples.parts;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The row that a control plane would have for the one database: its status outlives the process, in a file, since a restore
 * that was killed has moved it to <em>provisioning</em>. Safe for use by several processes: the engine lets one act at a time.
 */
public final class ProfileFile implements DatabaseDirectory {
    private final DatabaseProfile profile;
    private final Path status;

    /**
     * A database.
     *
     * @param profile what is known of it, but for the status
     * @param status the file of its status; active as long as there is none
     */
    public ProfileFile(DatabaseProfile profile, Path status) {
        this.profile = profile;
        this.status = status;
    }

    /** {@return the database's id} */
    public DatabaseId id() {
        return profile.id();
    }

    @Override
    public DatabaseFacts look(DatabaseId database) {
        return database.equals(profile.id())
                ? new DatabaseFacts.Live(now())
                : new DatabaseFacts.Unknown("there is one database here: " + profile.id());
    }

    /**
     * Moves the database to a status, as a restore asks. Repeating it changes nothing.
     *
     * @param next the status
     * @return done, or that the file cannot be written
     */
    public HostAnswer move(DatabaseStatus next) {
        try {
            SmallFile.write(status, next.code());
            return HostAnswer.done();
        } catch (IOException e) {
            return HostAnswer.failed("the status cannot be written: " + e + ".");
        }
    }

    private DatabaseProfile now() {
        DatabaseProfile p = profile;
        return new DatabaseProfile(p.id(), p.name(), readStatus(), p.region(), p.provider(), p.shape(), p.workflows());
    }

    private DatabaseStatus readStatus() {
        try {
            return Files.exists(status) ? new DatabaseStatus(Files.readString(status)) : profile.status();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + status, e);
        }
    }
}
