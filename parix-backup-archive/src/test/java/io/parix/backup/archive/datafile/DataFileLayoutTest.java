package io.parix.backup.archive.datafile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataFileLayoutTest {
    static List<DataFileLayout> layouts() {
        return List.of(
                DataFileLayout.PRODUCTION, DataFileLayout.TINY, new DataFileLayout("padded", 16, 8192, 3, 65536));
    }

    @Test
    @DisplayName("C5 the zones of the production layout lie where TigerBeetle's source puts them")
    void knowsTheZones() {
        DataFileLayout layout = DataFileLayout.PRODUCTION;
        assertThat(layout.walHeadersOffset()).isEqualTo(98304);
        assertThat(layout.walHeadersSize()).isEqualTo(262144);
        assertThat(layout.walPreparesOffset()).isEqualTo(360448);
        assertThat(layout.clientRepliesOffset()).isEqualTo(1074102272);
        assertThat(layout.gridPaddingOffset()).isEqualTo(1141211136);
        assertThat(layout.gridOffset()).isEqualTo(1141374976);
        assertThat(layout.blockOffset(1)).isEqualTo(1141374976);
        assertThat(layout.blockOffset(43)).isEqualTo(1141374976L + 42 * 524288);
        assertThat(layout.writesInFlight()).isEqualTo(32);
    }

    @Test
    @DisplayName("C5 the production configuration has the checksum that TigerBeetle was built with")
    void knowsTheConfiguration() {
        assertThat(DataFileLayout.PRODUCTION.configuration()).hasToString("790755030145d92aa1dcfec99f79affd");
        assertThat(DataFileLayout.TINY.configuration()).isNotEqualTo(DataFileLayout.PRODUCTION.configuration());
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void cutsAFileIntoChunksWithoutGapOrOverlap(DataFileLayout layout) {
        long end = layout.gridOffset() + 3L * layout.blockSize();
        long at = 0;
        long ordinal = 0;
        while (at < end) {
            assertThat(layout.chunkOffset(ordinal)).isEqualTo(at);
            assertThat(layout.chunkLength(ordinal)).isBetween(1, layout.longestChunk());
            at += layout.chunkLength(ordinal);
            ordinal++;
        }
        assertThat(at).isEqualTo(end);
        assertThat(layout.chunkCount(end)).isEqualTo(ordinal);
        assertThat(layout.chunkCount(end - 1)).isEqualTo(ordinal);
        assertThat(layout.chunkCount(end + 1)).isEqualTo(ordinal + 1);
        assertThat(layout.chunkOffset(layout.gridChunk())).isEqualTo(layout.gridOffset());
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void countsChunksOfFilesThatEndBeforeTheGrid(DataFileLayout layout) {
        assertThat(layout.chunkCount(0)).isZero();
        assertThat(layout.chunkCount(1)).isEqualTo(1);
        assertThat(layout.chunkCount(layout.gridOffset())).isEqualTo(layout.gridChunk());
        assertThat(layout.chunkCount(layout.walPreparesOffset())).isEqualTo(5);
        assertThat(layout.chunkCount(layout.walPreparesOffset() + 1)).isEqualTo(6);
    }

    @Test
    void tellsAddressesFromNumbersThatAreNone() {
        DataFileLayout layout = DataFileLayout.PRODUCTION;
        assertThat(layout.holds(0)).isFalse();
        assertThat(layout.holds(1)).isTrue();
        assertThat(layout.holds(-1)).isFalse();
        assertThat(layout.holds(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void refusesSizesThatAreNoWholeSectors() {
        assertThatThrownBy(() -> new DataFileLayout("x", 17, 4096, 4, 4096))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataFileLayout("x", 16, 4000, 4, 4096))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataFileLayout("x", 16, 4096, 4, 5000))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataFileLayout("x", 16, 4096, 0, 4096))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
