package io.parix.backup.examples.quickstart;

import io.parix.backup.Backup;
import io.parix.backup.BackupContents;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.examples.parts.Digests;
import io.parix.backup.examples.parts.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The acts that both stories are made of, timed, told and recorded. The engine is built for the first that needs it. */
final class Acts implements AutoCloseable {
    private static final String RESTORE_KEY = "restore";
    private static final String BACKUP = "backup.";
    private static final String HELD = "held.";

    private final Screen screen;
    private final StoryRecord record;
    private final Planning planning;
    private @Nullable Installation installation;

    /** What the engine is to be built from. */
    @FunctionalInterface
    interface Planning {
        Installation.Plan plan() throws IOException;
    }

    Acts(Screen screen, StoryRecord record, Planning planning) {
        this.screen = screen;
        this.record = record;
        this.planning = planning;
    }

    private Installation parix() throws IOException {
        if (installation == null) {
            installation = new Installation(screen, planning.plan());
        }
        return installation;
    }

    /** Shows what was announced, in an act that cannot be refused. */
    void begin() {
        screen.flushAnnounced();
    }

    /** Tells a finished act and puts its numbers down. */
    void tell(String headline, Row row) {
        record.add(row);
        screen.act(headline, row.took());
    }

    void detail(String line) {
        screen.detail(line);
    }

    /**
     * Makes a backup, or waits for the one that this very step asked for before it was killed.
     *
     * @param key of the request, and of the fact which backup it was
     */
    void backup(String key, String name) throws IOException {
        long begin = System.nanoTime();
        Backup backup = parix().backup(key);
        record.put(BACKUP + key, backup.id().value());
        BackupContents contents = backup.completed().orElseThrow();
        Row row = new Row("back up " + name, contents.logical(), contents.stored(), contents.added(), since(begin));
        tell("Backed up: " + name, row);
        int replicas = contents.replicas().size();
        screen.detail(backup.id() + " " + backup.status().code() + ": " + replicas
                + (replicas == 1 ? " replica, " : " replicas, ")
                + contents.logical().words() + " read, "
                + contents.stored().words() + " stored, " + contents.added().words() + " of them new"
                + attempts(backup.progress().attempt()));
        contents.warnings().checks().forEach(check -> screen.detail("note " + check.rule() + ": " + check.sentence()));
    }

    /** Shows what a dashboard would show now. */
    void page() throws IOException {
        screen.act("The backups page");
        for (String line : parix().page()) {
            screen.say(line);
        }
    }

    private static String attempts(int attempt) {
        return attempt > 1 ? ", in attempt " + attempt : "";
    }

    private BackupId made(String key) {
        return new BackupId(record.fact(BACKUP + key));
    }

    /** A restore must be refused for a wrong name, and the refusal is shown. */
    void refusedUnder(String key, String wrongName) throws IOException {
        RestoreAnswer answer = parix().askRestore(made(key), wrongName, "wrong");
        boolean refused = answer instanceof RestoreAnswer.Refused;
        record.put(HELD + "refusal", Boolean.toString(refused));
        screen.act((refused ? "Refused" : "NOT REFUSED") + ": a restore confirmed with the wrong name '" + wrongName
                + "'");
        if (answer instanceof RestoreAnswer.Refused why) {
            screen.detail(
                    why.report().failures().get(0).code() + ": " + why.report().reasons());
        }
    }

    /**
     * Restores, or waits for the restore that this very step asked for before it was killed.
     *
     * @throws Refused when the restore is refused or fails; what it was to replace is then untouched
     */
    void restore(String key, String name) throws IOException {
        long begin = System.nanoTime();
        RestoreAnswer answer = parix().askRestore(made(key), name, RESTORE_KEY);
        if (answer instanceof RestoreAnswer.Refused refused) {
            throw new Refused("not-eligible", refused.report().reasons());
        }
        Restore ended = parix().await(((RestoreAnswer.Accepted) answer).restore());
        ended.failed().ifPresent(failure -> {
            throw Refused.by(failure);
        });
        ByteSize stored = parix().find(made(key)).completed().orElseThrow().stored();
        tell("Restored", Row.reading("restore", stored.bytes(), since(begin)));
        screen.detail(ended.id() + " " + ended.status().code() + ": " + stored.words()
                + " read, staged, proved, swapped in, opened");
    }

    /** Puts SHA-256 of every file down. */
    void digests(String what, List<Path> files) throws IOException {
        long begin = System.nanoTime();
        Map<String, String> digests =
                Digests.of(files, (done, expected) -> screen.progress("comparing", done, expected));
        digests.forEach((file, digest) -> record.put(digestsOf(what) + file, digest));
        tell("Took SHA-256 of " + what, Row.reading("SHA-256 of " + what, Digests.sizeOf(files), since(begin)));
    }

    void compare(String before, String after) {
        boolean held = true;
        Map<String, String> restored = record.facts(digestsOf(after));
        screen.act("Compared");
        for (Map.Entry<String, String> file : record.facts(digestsOf(before)).entrySet()) {
            boolean same = file.getValue().equals(restored.get(file.getKey()));
            held &= same;
            screen.detail(file.getValue() + "  " + file.getKey() + (same ? "  the same" : "  DIFFERS"));
        }
        record.put(HELD + "comparison", Boolean.toString(held));
    }

    private static String digestsOf(String what) {
        return "sha256." + what + ".";
    }

    /** Whether everything held that was looked at. */
    static boolean held(StoryRecord record) {
        Map<String, String> all = record.facts(HELD);
        return all.size() == 2 && all.values().stream().allMatch("true"::equals);
    }

    static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() {
        // An interrupt has done its work by now; an H2 that is closed under one loses its file's channel.
        Thread.interrupted();
        if (installation != null) {
            installation.close();
        }
    }
}
