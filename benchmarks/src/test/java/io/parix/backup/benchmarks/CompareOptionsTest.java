package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompareOptionsTest {
    private static final Path WORK = Path.of("work").toAbsolutePath();

    @Test
    void withoutWordsItIsFiveRunsOnTheSyntheticCluster() {
        assertThat(parse())
                .isEqualTo(new CompareOptions(Optional.empty(), 5, false, false, Store.LOCAL, WORK, Optional.empty()));
    }

    @Test
    void everyWordHasItsPlace() {
        Path data = Path.of("data").toAbsolutePath();
        Path page = Path.of("page.md").toAbsolutePath();
        assertThat(parse("--data", "data", "--runs", "3", "--peers-only", "--page", "page.md"))
                .isEqualTo(new CompareOptions(Optional.of(data), 3, false, true, Store.LOCAL, WORK, Optional.of(page)));
        assertThat(parse("--quick"))
                .isEqualTo(new CompareOptions(Optional.empty(), 1, true, false, Store.LOCAL, WORK, Optional.empty()));
        assertThat(parse("--s3"))
                .isEqualTo(new CompareOptions(Optional.empty(), 5, false, false, Store.S3, WORK, Optional.empty()));
        assertThat(parse("--gcs").store()).isEqualTo(Store.GCS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100", "-1", "two", ""})
    void aNumberOfRunsOutsideItsBoundsIsRefused(String runs) {
        assertThatThrownBy(() -> parse("--runs", runs)).hasMessageContaining("1 to 99");
    }

    @Test
    void unknownWordsMissingValuesAndPeersWithoutDataAreRefused() {
        assertThatThrownBy(() -> parse("--fast")).hasMessageContaining("'--fast' is not known");
        assertThatThrownBy(() -> parse("--data")).hasMessageContaining("needs a value");
        assertThatThrownBy(() -> parse("--peers-only")).hasMessageContaining("--data");
        assertThatThrownBy(() -> parse("--s3", "--data", "data", "--peers-only"))
                .hasMessageContaining("--s3 and --gcs compare this library");
    }

    private static CompareOptions parse(String... words) {
        return CompareOptions.parse(List.of(words), WORK);
    }
}
