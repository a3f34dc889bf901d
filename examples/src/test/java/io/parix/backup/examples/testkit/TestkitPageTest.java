package io.parix.backup.examples.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.testkit.simulation.Invariant;
import io.parix.backup.testkit.simulation.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestkitPageTest {
    private static final Path PAGE = Path.of("../docs/testkit.md");
    private static final String BEGIN = "// docs/testkit.md: begin\n";
    private static final String END = "// docs/testkit.md: end";

    @ParameterizedTest
    @ValueSource(strings = {"FirstContractTest", "SteppedEngineTest", "ScriptedFaultsTest", "OwnPortsTest"})
    @DisplayName("the testkit's page shows the code that runs here")
    void showsThisCode(String test) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/parix/backup/examples/testkit/" + test + ".java"));
        String shown = source.substring(source.indexOf(BEGIN) + BEGIN.length(), source.indexOf(END));

        assertThat(Files.readString(PAGE))
                .contains(shown.stripTrailing().stripIndent().strip());
    }

    @Test
    @DisplayName("I1 an author's first contract takes one file of at most 30 lines")
    void firstContractIsShort() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("class FirstContractTest");
        String block = page.substring(page.lastIndexOf("```java\n", begin) + 8, page.indexOf("```\n", begin));

        assertThat(block.lines().count()).isLessThanOrEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("I2 the testkit's page names every invariant with its rule")
    void namesInvariants(Invariant invariant) throws IOException {
        assertThat(Files.readString(PAGE)).contains("| " + invariant.rule() + " | " + invariant.words() + " |");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("I2 the testkit's page names all work at whose effects processes are killed")
    void namesWork(Work work) throws IOException {
        assertThat(Files.readString(PAGE)).contains("`" + work + "`");
    }
}
