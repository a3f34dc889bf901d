package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.race;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.SettingRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Settings: each there once, changed by who has seen it. */
public interface SettingContract extends CatalogFixture {
    private static SettingRecord made(Catalog catalog, String name, String payload) {
        return catalog.write(new SettingRecord(name, 0, payload)).orElseThrow();
    }

    @Test
    @DisplayName("CAT-71 a setting is found whole by every process, by its whole name, and none where there is none")
    default void findsASetting() throws Exception {
        Catalog catalog = emptyCatalog();
        String payload = "{\"why\":\"Zürich \u2603 \uD83D\uDE00 \\\" '\"}";
        SettingRecord first = made(catalog, "retention/of Zürich \u2603", payload);
        assertThat(first).isEqualTo(new SettingRecord("retention/of Zürich \u2603", 1, payload));
        assertThat(catalog.setting(first.name())).contains(first);
        assertThat(again(catalog).setting(first.name())).contains(first);
        assertThat(catalog.setting("retention/of zürich \u2603")).isEmpty();
        assertThat(catalog.setting("retention/of Z")).isEmpty();
        assertThat(catalog.setting("%")).isEmpty();
    }

    @Test
    @DisplayName("CAT-71 names of 200 characters and payloads of 65,536 are kept whole, and so are empty ones")
    default void keepsLongOnes() throws Exception {
        Catalog catalog = emptyCatalog();
        String name = "n".repeat(199);
        SettingRecord umlauts = made(catalog, name + "ü", "\u2603".repeat(65_536));
        SettingRecord pairs = made(catalog, name + "u", "\uD83D\uDE00".repeat(32_768));
        SettingRecord empty = made(catalog, "empty", "");
        for (SettingRecord each : List.of(umlauts, pairs, empty)) {
            assertThat(again(catalog).setting(each.name())).contains(each);
        }
        SettingRecord longer = new SettingRecord("empty", 1, "x".repeat(65_536));
        assertThat(catalog.write(longer)).isEqualTo(catalog.setting("empty")).isPresent();
        assertThat(catalog.setting("empty").orElseThrow().payload()).isEqualTo(longer.payload());
    }

    @Test
    @DisplayName("CAT-72 a write of a version that is not there changes nothing, and version 0 makes a setting")
    default void changesWhatWasSeen() throws Exception {
        Catalog catalog = emptyCatalog();
        assertThat(catalog.write(new SettingRecord("a", 1, "early"))).isEmpty();
        assertThat(catalog.setting("a")).isEmpty();
        SettingRecord first = made(catalog, "a", "first");
        SettingRecord neighbour = made(catalog, "b", "neighbour");
        assertThat(catalog.write(new SettingRecord("a", 0, "anew"))).isEmpty();
        assertThat(catalog.write(new SettingRecord("a", 2, "ahead"))).isEmpty();
        assertThat(catalog.write(new SettingRecord("a", -1, "below"))).isEmpty();
        assertThat(catalog.write(new SettingRecord("c", -1, "below"))).isEmpty();
        assertThat(catalog.setting("a")).contains(first);
        SettingRecord second = new SettingRecord("a", 2, "second");
        assertThat(again(catalog).write(new SettingRecord("a", 1, "second"))).contains(second);
        assertThat(catalog.write(new SettingRecord("a", 1, "late"))).isEmpty();
        assertThat(catalog.setting("a")).contains(second);
        assertThat(catalog.setting("b")).contains(neighbour);
        assertThat(catalog.setting("c")).isEmpty();
    }

    @Test
    @DisplayName("CAT-72 of eight that make a setting, and of eight that write the same version, one does")
    default void writesOnce() throws Exception {
        Catalog catalog = emptyCatalog();
        Catalog other = again(catalog);
        for (long version = 0; version < 5; version++) {
            long seen = version;
            List<Optional<SettingRecord>> answers = race(IntStream.range(0, 8)
                    .<Callable<Optional<SettingRecord>>>mapToObj(
                            i -> () -> (i % 2 == 0 ? catalog : other).write(new SettingRecord("a", seen, "by " + i)))
                    .toList());
            assertThat(answers).filteredOn(Optional::isPresent).containsExactly(catalog.setting("a"));
            assertThat(catalog.setting("a").orElseThrow().version()).isEqualTo(seen + 1);
        }
    }
}
