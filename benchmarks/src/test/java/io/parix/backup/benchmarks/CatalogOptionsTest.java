package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CatalogOptionsTest {
    @Test
    void withoutWordsItIsTheWholeCatalogAndNoPage() {
        assertThat(parse()).isEqualTo(new CatalogOptions(CatalogSize.FULL, Optional.empty()));
        assertThat(CatalogSize.FULL.databases()).isEqualTo(100_000);
        assertThat(CatalogSize.FULL.backups()).isEqualTo(1_000_000);
        assertThat(CatalogSize.FULL.most()).isEqualTo(400);
    }

    @Test
    void everyWordHasItsPlace() {
        assertThat(parse("--quick", "--page", "page.md"))
                .isEqualTo(new CatalogOptions(
                        CatalogSize.QUICK, Optional.of(Path.of("page.md").toAbsolutePath())));
    }

    @Test
    void unknownWordsAndMissingValuesAreRefused() {
        assertThatThrownBy(() -> parse("--fast")).hasMessageContaining("'--fast' is not known");
        assertThatThrownBy(() -> parse("--page")).hasMessageContaining("needs a value");
    }

    @Test
    void whatCannotBeSpreadIsRefused() {
        assertThatThrownBy(() -> new CatalogSize(10, 21, 2, 1, 1, 1, 1, 1)).hasMessageContaining("cannot spread");
        assertThatThrownBy(() -> new CatalogSize(10, 10, 2, 1, 1, 1, 1, 1)).hasMessageContaining("cannot spread");
        assertThat(new CatalogSize(9, 10, 2, 1, 1, 1, 1, 1).stride()).isEqualTo(5);
    }

    private static CatalogOptions parse(String... words) {
        return CatalogOptions.parse(List.of(words));
    }
}
