package io.parix.backup.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern MODULE = Pattern.compile("`(parix-[a-z-]+)`");
    private static final Pattern COMMAND =
            Pattern.compile("`(?:\\./)?([a-z.]+(?:/[a-z-]+)*) (?:compare|--[a-z]+)[^`]*`");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```\\n(.*?)^```", Pattern.DOTALL);

    @Test
    @DisplayName("every link of the README leads to a file that is there")
    void linksLeadSomewhere() throws IOException {
        assertThat(all(LINK))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    @Test
    @DisplayName("the modules that the README names are those of the build")
    void modulesAreThere() throws IOException {
        String build = Files.readString(ROOT.resolve("pom.xml"));

        assertThat(all(MODULE))
                .isNotEmpty()
                .allSatisfy(module -> assertThat(build).contains("<module>" + module + "</module>"));
    }

    @Test
    @DisplayName("the README's commands are executables of this repository and the test command that CI runs")
    void commandsAreReal() throws IOException {
        List<String> blocks = all(BLOCK).stream().map(String::strip).toList();
        assertThat(blocks)
                .containsExactly("./quickstart", "examples/aws", "examples/gcp", "examples/two-nodes", "mvn verify");
        assertThat(ROOT.resolve("quickstart")).isExecutable();
        assertThat(ROOT.resolve("examples/aws")).isExecutable();
        assertThat(ROOT.resolve("examples/gcp")).isExecutable();
        assertThat(ROOT.resolve("examples/two-nodes")).isExecutable();
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).containsPattern("(?m)^mvn .*\\bverify$");
        assertThat(all(COMMAND))
                .isNotEmpty()
                .allSatisfy(
                        command -> assertThat(command.equals("mvn") ? ROOT.resolve("pom.xml") : ROOT.resolve(command))
                                .exists());
    }

    private static List<String> all(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
