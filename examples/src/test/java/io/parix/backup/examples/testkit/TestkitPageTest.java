package io.parix.backup.examples.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.testkit.simulation.Invariant;
import io.parix.backup.testkit.simulation.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestkitPageTest {
    private static final Path PAGE = Path.of("../docs/testkit.md");

    @ParameterizedTest
    @ValueSource(strings = {"FirstContractTest", "SteppedEngineTest", "ScriptedFaultsTest", "OwnPortsTest"})
    @DisplayName("the testkit's page shows whole files, which run here and compile in any package")
    void showsThisCode(String test, @TempDir Path folder) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/parix/backup/examples/testkit/" + test + ".java"));
        String shown = source.substring(source.indexOf('\n')).strip();
        assertThat(Files.readString(PAGE)).contains("```java\n" + shown + "\n```\n");

        Path copied = Files.writeString(folder.resolve(test + ".java"), shown);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, errors, "-proc:none", "-cp", System.getProperty("java.class.path"), copied.toString());
        assertThat(failed).as(errors.toString(StandardCharsets.UTF_8)).isZero();
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
