package io.parix.backup.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void theMedianIsTheMiddleOfAnOddNumberAndTheMeanOfTwoOfAnEvenOne() {
        assertThat(Figures.median(9, 1, 5)).isEqualTo(5);
        assertThat(Figures.median(4, 1, 3, 100)).isEqualTo(3.5);
        assertThat(Figures.median(7)).isEqualTo(7);
    }

    @Test
    void theMedianLeavesItsInputAlone() {
        double[] values = {3, 1, 2};
        assertThat(Figures.median(values)).isEqualTo(2);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void noValuesHaveNoMedianAndNothingHasNoRatio() {
        assertThatThrownBy(Figures::median).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Figures.ratio(1, 0)).hasMessageContaining("says nothing");
        assertThatThrownBy(() -> Figures.ratio(1, Double.NaN)).hasMessageContaining("says nothing");
        assertThat(Figures.ratio(1, 4)).isEqualTo(0.25);
    }

    @Test
    void figuresAreWrittenWithTheirUnits() {
        assertThat(Figures.seconds(1.239)).isEqualTo("1.24 s");
        assertThat(Figures.mebibytes(1.5 * 1024 * 1024 * 1024)).isEqualTo("1,536.0 MiB");
        assertThat(Figures.plain(0.399)).isEqualTo("0.40");
    }

    @Test
    void stepsOfAStageAddTheirTimesAndKeepTheHigherPeak() {
        Measured both = new Measured(2_000_000_000L, 10).then(new Measured(500_000_000L, 70));
        assertThat(both).isEqualTo(new Measured(2_500_000_000L, 70));
        assertThat(Measured.medianSeconds(List.of(both, new Measured(0, 0), both)))
                .isEqualTo(2.5);
    }
}
