package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageSectionsTest {
    private static final List<String> PAGE = List.of(
            "# Performance", "", "## One", "", "first", "", "### Of one", "", "more", "", "## Two", "", "second");

    @Test
    void aSectionTakesThePlaceOfItsPredecessorAndTheOthersStay() {
        assertThat(PageSections.with(PAGE, List.of("## One", "", "newer")))
                .containsExactly("# Performance", "", "## One", "", "newer", "", "## Two", "", "second");
        assertThat(PageSections.with(PAGE, List.of("## Two", "", "newer", "")))
                .containsExactly(
                        "# Performance",
                        "",
                        "## One",
                        "",
                        "first",
                        "",
                        "### Of one",
                        "",
                        "more",
                        "",
                        "## Two",
                        "",
                        "newer");
    }

    @Test
    void aNewSectionGoesToTheEnd() {
        assertThat(PageSections.with(PAGE, List.of("## Three", "third")))
                .startsWith(PAGE.toArray(String[]::new))
                .endsWith("second", "", "## Three", "third");
    }

    @Test
    void writingTheSameTwiceChangesNothing() {
        List<String> once = PageSections.with(PAGE, List.of("## Three", "third"));
        assertThat(PageSections.with(once, List.of("## Three", "third"))).isEqualTo(once);
    }

    @Test
    void aPageThatIsNotThereIsBegun(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        PageSections.write(page, List.of("## One", "", "first"));
        assertThat(Files.readAllLines(page)).containsExactly("# Performance", "", "## One", "", "first");
    }

    @Test
    void aSectionWithoutAHeadingIsRefused() {
        assertThatThrownBy(() -> PageSections.with(PAGE, List.of("first"))).hasMessageContaining("heading");
        assertThatThrownBy(() -> PageSections.with(PAGE, List.of())).hasMessageContaining("heading");
    }
}
