package io.parix.backup.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlantedPageTest {
    @Test
    @DisplayName("I2 at least fifteen defects are planted, and the testkit's page names each")
    void pageNamesEach() throws IOException {
        List<String> names = Stream.concat(Arrays.stream(Planted.values()), Arrays.stream(PlantedLine.values()))
                .map(Enum::name)
                .toList();

        assertThat(names).hasSizeGreaterThanOrEqualTo(15);
        assertThat(Files.readString(Path.of("../docs/testkit.md")))
                .contains(names.stream().map(name -> "| `" + name + "` |").toList());
    }
}
