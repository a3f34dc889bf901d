package io.parix.backup.examples.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.DatabaseView;
import io.parix.backup.Page;
import io.parix.backup.PointInTimeRecovery;
import io.parix.backup.Protection;
import io.parix.backup.Report;
import io.parix.backup.StorageSummary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageTextTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    @DisplayName("text that is seen stays as it is, letters that are written from the right among it")
    void plainStays() {
        assertThat(PlainText.of("Büro 東京 مالية")).isEqualTo("Büro 東京 مالية");
    }

    @Test
    @DisplayName("control characters, marks of direction and what is not seen become escapes")
    void harmful() {
        assertThat(PlainText.of("a\u001b[2Jb\r\nc\u202ed\u200be\u2028"))
                .isEqualTo("a\\u001b[2Jb\\u000d\\u000ac\\u202ed\\u200be\\u2028");
        assertThat(PlainText.of("\ud800")).isEqualTo("\\ud800");
    }

    @Test
    @DisplayName("text as wide as its room is whole, and wider text ends with a sign that there is more")
    void within() {
        assertThat(PlainText.within("ledger", 6)).isEqualTo("ledger");
        assertThat(PlainText.within("ledgers", 6)).isEqualTo("ledge…");
        assertThat(PlainText.within("東京東京", 6)).isEqualTo("東京…");
    }

    @Test
    @DisplayName("columns are aligned by what a terminal shows, and no line ends with blanks")
    void aligned() {
        TextTable table = new TextTable(40, List.of("name", "size", "note"));
        table.add(List.of("東京", "1 B", ""));
        table.add(List.of("ledger", "1.5 MiB", "x"));

        assertThat(table.lines()).containsExactly("name    size     note", "東京    1 B", "ledger  1.5 MiB  x");
    }

    @Test
    @DisplayName("the widest column gives way where a line would be too long")
    void narrowed() {
        TextTable table = new TextTable(20, List.of("name", "size"));
        table.add(List.of("a-name-that-is-far-too-long", "1.5 MiB"));

        assertThat(table.lines()).containsExactly("name         size", "a-name-tha…  1.5 MiB");
    }

    @Test
    @DisplayName("what a host named cannot break a line of the page, and long sentences go on below")
    void foreignNames() {
        Check busy = new Check(
                "A3",
                "busy",
                Check.Outcome.FAIL,
                "nothing",
                "import",
                "Something else is at work: " + "word ".repeat(20) + "\u001b[0m.");
        Page page = new Page(
                new DatabaseView.Live("evil\n\u202ename", DatabaseStatus.ACTIVE, "here"),
                NOW,
                new Report(List.of(busy)),
                new Page.History(List.of(), null),
                StorageSummary.EMPTY,
                new Page.Automatic(null, null),
                PointInTimeRecovery.NOT_AVAILABLE);

        List<String> lines = PageText.lines(page, new Protection(new DatabaseId("d"), NOW, null, null, Report.empty()));

        assertThat(lines).first().isEqualTo("evil\\u000a\\u202ename (active, here), protected");
        assertThat(lines)
                .anyMatch(line -> line.endsWith("\\u001b[0m."))
                .allMatch(line -> line.length() <= PageText.WIDTH);
    }
}
