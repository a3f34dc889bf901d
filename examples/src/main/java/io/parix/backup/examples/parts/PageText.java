package io.parix.backup.examples.parts;

import io.parix.backup.Actor;
import io.parix.backup.BackupsPage;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseView;
import io.parix.backup.LastRun;
import io.parix.backup.Moment;
import io.parix.backup.Page;
import io.parix.backup.PageRequest;
import io.parix.backup.PageRow;
import io.parix.backup.Protection;
import io.parix.backup.RetentionSetting;
import io.parix.backup.RunOutcome;
import io.parix.backup.ScheduleCard;
import io.parix.backup.StorageSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The backups page as a terminal shows it, in lines of at most {@value #WIDTH} columns. What the host named is made plain: no name can move
 * the cursor or turn the direction of a line.
 */
public final class PageText {
    /** The most columns of a line. */
    public static final int WIDTH = 100;

    private static final int INDENT = 2;
    private static final int HANGING = 10;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PageText() {}

    /**
     * Reads the newest backups of a database, with what they take together, and how protected it is.
     *
     * @param pages where to read
     * @param database whose
     * @param viewer who looks
     * @return the lines
     */
    public static List<String> read(BackupsPage pages, DatabaseId database, Actor viewer) {
        PageRequest request = PageRequest.of(database, viewer);
        Page page = pages.page(request);
        Page summed = pages.page(request.selecting(
                page.rows().stream().map(row -> row.backup().id()).collect(Collectors.toSet())));
        return lines(summed, pages.protection(database));
    }

    /**
     * Shows a page.
     *
     * @param page the page
     * @param protection how protected its database is
     * @return the lines: what holds for all backups, then a table of them, then why some cannot be restored
     */
    static List<String> lines(Page page, Protection protection) {
        List<String> body = new ArrayList<>(protection(protection));
        body.addAll(page.automatic().card().map(PageText::schedule).orElse(List.of("schedule  none")));
        body.add("kept      "
                + page.automatic()
                        .setting()
                        .map(PageText::retention)
                        .orElse("as long as nobody can say whose they are"));
        body.add("storage   " + storage(page.summary()));
        body.add("new       "
                + (page.create().passed() ? "can be asked for" : page.create().reasons()));
        List<String> lines = new ArrayList<>();
        lines.addAll(
                fitted(name(page.database()) + ", " + (protection.isProtected() ? "protected" : "not protected"), 0));
        body.forEach(line -> lines.addAll(fitted(line, INDENT)));
        lines.addAll(table(page.rows()));
        return lines;
    }

    /**
     * Shows how protected a database is.
     *
     * @param protection the statement
     * @return the newest restorable backup, and what breaks the promise or would, a line each
     */
    public static List<String> protection(Protection protection) {
        List<String> lines = new ArrayList<>();
        protection
                .newestRestorable()
                .ifPresent(newest -> lines.add("newest    " + age(newest.age()) + " old, "
                        + newest.level().code()
                        + newest.lastDrill()
                                .map(drill -> ", drilled at " + drill.endedAt() + " in "
                                        + drill.took().toMinutes() + " min")
                                .orElse("")));
        protection.report().checks().stream()
                .filter(check -> check.outcome() != Check.Outcome.PASS)
                .forEach(check ->
                        lines.add(String.format("%-9s %s", check.outcome().code(), check.sentence())));
        return lines;
    }

    private static String age(Duration age) {
        long hours = age.toHours();
        if (hours == 0) {
            return "less than an hour";
        }
        return hours == 1 ? "1 hour" : hours + " hours";
    }

    /**
     * Shows a schedule's card.
     *
     * @param card the card
     * @return its cadence, next and last run and what was missed, a line each
     */
    public static List<String> schedule(ScheduleCard card) {
        List<String> lines = new ArrayList<>();
        lines.add("schedule  daily at " + card.cadence().at() + " "
                + card.cadence().zone());
        lines.add("next      "
                + card.nextRun().map(run -> run.day() + ", at " + run.at()).orElse("none, paused"));
        card.lastRun().ifPresent(run -> lines.add("last      " + run.day() + ", " + outcome(run, card)));
        card.missedRuns().ifPresent(runs -> lines.add("missed    " + runs.count() + ", the last " + runs.last()));
        return lines;
    }

    private static String outcome(LastRun run, ScheduleCard card) {
        if (run.outcome() instanceof RunOutcome.Skipped skipped) {
            return "skipped: " + skipped.report().reasons();
        }
        return card.lastBackup().map(backup -> backup.status().code()).orElse("missed");
    }

    /**
     * Says how long backups are kept.
     *
     * @param setting the setting
     * @return its words, in one line
     */
    public static String retention(RetentionSetting setting) {
        return setting.period().words() + " (" + setting.source().code() + ")"
                + setting.pendingChange()
                        .map(change -> ", " + change.period().words() + " from " + change.effectiveAt() + " on")
                        .orElse("");
    }

    private static String storage(StorageSummary summary) {
        return summary.count() + (summary.count() == 1 ? " backup of " : " backups of ")
                + summary.logical().words() + " in " + summary.stored().words()
                + summary.first().map(at -> ", from " + MINUTE.format(at)).orElse("")
                + summary.last().map(at -> " to " + MINUTE.format(at)).orElse("");
    }

    private static String name(DatabaseView database) {
        if (database instanceof DatabaseView.Live live) {
            return live.name() + " (" + live.status() + ", " + live.region() + ")";
        }
        return database instanceof DatabaseView.Deleted deleted
                ? "a database deleted at " + deleted.at()
                : "a database that is not known: " + ((DatabaseView.Unknown) database).reason();
    }

    private static List<String> table(List<PageRow> rows) {
        if (rows.isEmpty()) {
            return fitted("no backups", INDENT);
        }
        TextTable table = new TextTable(
                WIDTH - INDENT, List.of("when", "at", "trigger", "status", "size", "new", "expires", "restore"));
        Map<String, String> reasons = new LinkedHashMap<>();
        rows.forEach(row -> table.add(cells(row, reasons)));
        List<String> lines = new ArrayList<>();
        table.lines().forEach(line -> lines.add(" ".repeat(INDENT) + line));
        reasons.forEach((code, sentence) ->
                lines.addAll(fitted("[" + number(code, reasons) + "] " + code + ": " + sentence, INDENT)));
        return lines;
    }

    private static List<String> cells(PageRow row, Map<String, String> reasons) {
        Instant at = row.when().at();
        return List.of(
                row.when().words(),
                MINUTE.format(at),
                row.backup().trigger().code(),
                row.backup().status().code(),
                row.sizes().map(size -> size.logical().words()).orElse(""),
                row.sizes().map(size -> size.added().words()).orElse(""),
                row.expires().flatMap(PageRow.Expiry::moment).map(Moment::words).orElse(""),
                row.restorable() ? "offered" : "no " + numbers(row, reasons));
    }

    /** A reason is written out once, below the table, however many rows have it. */
    private static String numbers(PageRow row, Map<String, String> reasons) {
        row.restore().failures().forEach(check -> reasons.putIfAbsent(check.code(), check.sentence()));
        return row.restore().failures().stream()
                .map(check -> "[" + number(check.code(), reasons) + "]")
                .distinct()
                .collect(Collectors.joining());
    }

    private static int number(String code, Map<String, String> reasons) {
        return List.copyOf(reasons.keySet()).indexOf(code) + 1;
    }

    /** Whole words on lines that fit, those after the first one further in. */
    private static List<String> fitted(String text, int indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(" ".repeat(indent));
        for (String word : PlainText.of(text).split("(?<! ) (?! )", -1)) {
            if (PlainText.columns(line + word) >= WIDTH && !line.toString().isBlank()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent + HANGING));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines.stream().map(whole -> PlainText.within(whole, WIDTH)).toList();
    }
}
