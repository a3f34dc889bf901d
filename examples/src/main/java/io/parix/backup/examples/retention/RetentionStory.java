package io.parix.backup.examples.retention;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupRequest;
import io.parix.backup.OrganizationId;
import io.parix.backup.Retention;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionPreview;
import io.parix.backup.RetentionSetting;
import io.parix.backup.examples.parts.PageText;
import io.parix.backup.examples.parts.SteppedDatabase;
import java.io.PrintStream;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Five daily backups, of which one is put on hold; then a shorter period is looked at, asked for, taken back, and asked for again, and the
 * undo window passes.
 */
public final class RetentionStory {
    private static final Actor ADA = new Actor("ada@example.com");
    private static final Duration DAY = Duration.ofDays(1);

    private final PrintStream out;
    private final SteppedDatabase database;

    private RetentionStory(PrintStream out, SteppedDatabase database) {
        this.out = out;
        this.database = database;
    }

    /**
     * Tells the story.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        tell(System.out);
    }

    static void tell(PrintStream out) {
        SteppedDatabase.during("2026-03-02T09:00:00Z", database -> new RetentionStory(out, database).tell());
    }

    private void tell() {
        for (int day = 0; day < 5; day++) {
            database.parix.backups().request(BackupRequest.of(SteppedDatabase.LEDGER, ADA));
            database.pass(Duration.ZERO);
            database.pass(DAY);
        }
        Backup first =
                database.parix.backups().history(SteppedDatabase.LEDGER, 10).get(4);
        database.parix.backups().hold(first.id(), ADA);
        Retention retention = database.parix.retention();
        show("kept for", retention.of(OrganizationId.EVERYBODY));
        RetentionPreview preview = retention.preview(OrganizationId.EVERYBODY, RetentionPeriod.days(2), ADA);
        out.println("2 days would remove " + preview.removedCount() + " backups from " + preview.effectiveAt() + " on");
        preview.databases()
                .forEach(changed -> changed.removed().forEach(decision -> out.println("  " + decision.sentence())));
        show("asked for 2 days", retention.change(OrganizationId.EVERYBODY, RetentionPeriod.days(2), ADA));
        show("taken back", retention.undo(OrganizationId.EVERYBODY, ADA));
        show("asked for again", retention.change(OrganizationId.EVERYBODY, RetentionPeriod.days(2), ADA));
        database.pass(DAY);
        show("a day later", retention.of(OrganizationId.EVERYBODY));
    }

    private void show(String when, RetentionSetting setting) {
        String backups = database.parix.backups().history(SteppedDatabase.LEDGER, 10).stream()
                .map(backup -> backup.requestedAt().toString().substring(5, 10)
                        + (backup.held().isPresent() ? " on hold" : ""))
                .collect(Collectors.joining(", "));
        out.println(when + ": " + PageText.retention(setting));
        out.println("  backups of " + backups);
    }
}
