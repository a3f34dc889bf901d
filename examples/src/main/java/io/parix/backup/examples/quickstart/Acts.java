package io.parix.backup.examples.quickstart;

import io.parix.backup.Backup;
import io.parix.backup.BackupContents;
import io.parix.backup.ByteSize;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.spi.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The acts that both stories are made of, timed and told. */
final class Acts {
    private static final int BLOCK = 1 << 20;

    private final Screen screen;

    Acts(Screen screen) {
        this.screen = screen;
    }

    Backup backup(Installation parix, String name) {
        long begin = System.nanoTime();
        Backup backup = parix.backup();
        BackupContents contents = backup.completed().orElseThrow();
        screen.act(
                "Backed up: " + name,
                new Screen.Step(
                        "back up " + name, contents.logical(), contents.stored(), contents.added(), since(begin)));
        int replicas = contents.replicas().size();
        screen.detail(backup.id() + " " + backup.status().code() + ": " + replicas
                + (replicas == 1 ? " replica, " : " replicas, ")
                + contents.logical().words() + " read, "
                + contents.stored().words() + " stored, " + contents.added().words() + " of them new");
        contents.warnings().checks().forEach(check -> screen.detail("note " + check.rule() + ": " + check.sentence()));
        return backup;
    }

    /** A restore must be refused for a wrong name, and the refusal is shown. */
    boolean refusedUnder(Installation parix, Backup backup, String wrongName) {
        RestoreAnswer answer = parix.askRestore(backup.id(), wrongName);
        if (answer instanceof RestoreAnswer.Refused refused) {
            screen.act("Refused: a restore confirmed with the wrong name '" + wrongName + "'");
            screen.detail(refused.report().failures().get(0).code() + ": "
                    + refused.report().reasons());
            return true;
        }
        screen.act("NOT REFUSED: a restore confirmed with the wrong name '" + wrongName + "'");
        return false;
    }

    /**
     * Restores.
     *
     * @throws Refused when the restore is refused or fails; what it was to replace is then untouched
     */
    void restore(Installation parix, Backup backup, String name) {
        long begin = System.nanoTime();
        RestoreAnswer answer = parix.askRestore(backup.id(), name);
        if (answer instanceof RestoreAnswer.Refused refused) {
            throw new Refused("not-eligible", refused.report().reasons());
        }
        Restore ended = parix.await(((RestoreAnswer.Accepted) answer).restore());
        ended.failed().ifPresent(failure -> {
            throw Refused.by(failure);
        });
        ByteSize stored = backup.completed().orElseThrow().stored();
        screen.act("Restored", Screen.Step.reading("restore", stored.bytes(), since(begin)));
        screen.detail(ended.id() + " " + ended.status().code() + ": " + stored.words()
                + " read, staged, proved, swapped in, opened");
    }

    /** SHA-256 of every file, by name. */
    Map<String, String> digests(String what, List<Path> files) throws IOException {
        long begin = System.nanoTime();
        long all = 0;
        for (Path file : files) {
            all += Files.size(file);
        }
        Map<String, String> digests = new LinkedHashMap<>();
        long read = 0;
        for (Path file : files) {
            digests.put(String.valueOf(file.getFileName()), sha256(file, read, all));
            read += Files.size(file);
        }
        screen.act("Took SHA-256 of " + what, Screen.Step.reading("SHA-256 of " + what, read, since(begin)));
        return digests;
    }

    boolean compare(Map<String, String> before, Map<String, String> after) {
        boolean held = true;
        screen.act("Compared");
        for (Map.Entry<String, String> file : before.entrySet()) {
            boolean same = file.getValue().equals(after.get(file.getKey()));
            held &= same;
            screen.detail(file.getValue() + "  " + file.getKey() + (same ? "  the same" : "  DIFFERS"));
        }
        return held;
    }

    static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private String sha256(Path file, long before, long all) throws IOException {
        MessageDigest sha = Checksums.newSha256();
        byte[] block = new byte[BLOCK];
        long read = before;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                sha.update(block, 0, n);
                long shown = read / (BLOCK << 6);
                read += n;
                if (read / (BLOCK << 6) != shown) {
                    screen.progress("comparing", read, all);
                }
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
