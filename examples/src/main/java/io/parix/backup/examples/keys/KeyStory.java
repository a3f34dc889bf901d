package io.parix.backup.examples.keys;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupRequest;
import io.parix.backup.Check;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreRequest;
import io.parix.backup.examples.parts.Folders;
import io.parix.backup.examples.parts.SteppedDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A backup under one key, one under the next, which shares with it, and what is left when the first key is lost. */
public final class KeyStory {
    private static final Actor ADA = new Actor("ada@example.com");

    private final PrintStream out;
    private final Path folder;
    private final KeyFolder keys;

    private KeyStory(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
        this.keys = KeyFolder.create(folder);
    }

    /**
     * Tells the story.
     *
     * @param arguments none
     * @throws IOException when the folder of the keys cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        tell(System.out);
    }

    static void tell(PrintStream out) throws IOException {
        Path folder = Files.createTempDirectory("parix-keys");
        try {
            new KeyStory(out, folder).tell();
        } finally {
            Folders.remove(folder);
        }
    }

    private void tell() throws IOException {
        keys.rotate("2026-03");
        try (SteppedDatabase database = SteppedDatabase.sealed("2026-03-02T09:00:00Z", keys)) {
            Backup first = backUp(database);
            keys.rotate("2026-04");
            Backup second = backUp(database);
            restore(database, "the first backup, under 2026-03", first);
            restore(database, "the second backup, under 2026-04", second);
            Files.delete(folder.resolve("2026-03.key"));
            out.println("the key 2026-03 is lost");
            restore(database, "the first backup", first);
            restore(database, "the second backup, which shares segments with it", second);
            restore(database, "a third backup, stored anew under 2026-04", backUp(database));
        }
    }

    private static Backup backUp(SteppedDatabase database) {
        database.parix.backups().request(BackupRequest.of(SteppedDatabase.LEDGER, ADA));
        database.pass(Duration.ofHours(1));
        return database.parix.backups().history(SteppedDatabase.LEDGER, 1).get(0);
    }

    private void restore(SteppedDatabase database, String what, Backup backup) {
        RestoreAnswer answer = database.parix.restores().request(RestoreRequest.of(backup.id(), "ledger", ADA));
        database.pass(Duration.ofHours(1));
        if (answer instanceof RestoreAnswer.Accepted accepted) {
            out.println(what + ": restored, "
                    + database.parix
                            .restores()
                            .find(accepted.restore().id())
                            .orElseThrow()
                            .status());
        } else if (answer instanceof RestoreAnswer.Refused refused) {
            out.println(what + ": not offered");
            refused.report().failures().stream()
                    .map(Check::sentence)
                    .distinct()
                    .forEach(why -> out.println("  " + why));
        }
    }
}
