package io.parix.backup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The repository stands alone: it names no machine, and its files end as people expect. */
final class FilesTest {
    private static final Set<String> TEXT = Set.of(
            "java",
            "xml",
            "md",
            "yml",
            "yaml",
            "json",
            "properties",
            "sh",
            "txt",
            "gitignore",
            "editorconfig",
            "config");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.>~-])/(home|root|Users|work|mnt|srv)/[.A-Za-z]|[A-Z]:\\\\Users\\\\");
    private static final Pattern REGISTRY = Pattern.compile("(?i)artifactor[y]|\\bnexu[s]\\.|jitpac[k]\\.io"
            + "|repo1?\\.maven\\.apach[e]|<(plugin)?repositor(y|ies)[>]|<mirro[r]>|distributionManagemen[t]");
    private static final int FILES_AT_LEAST = 80;

    @Test
    void noFileNamesAMachineOrARegistry() {
        List<Path> texts = texts();
        assertThat(texts).hasSizeGreaterThanOrEqualTo(FILES_AT_LEAST);
        assertThat(texts.stream().flatMap(FilesTest::findings)).isEmpty();
    }

    @Test
    void machinesAndRegistriesAreCaught() {
        assertThat(List.of("see /ho" + "me/someone/x", "cp /roo" + "t/.m2 .", "<reposito" + "ry>"))
                .allMatch(FilesTest::isForeign);
        assertThat(List.of("/work/", "target/work/a", "<work>/restored/", "$HOME/.m2", "https://maven.apache.org/xsd"))
                .noneMatch(FilesTest::isForeign);
    }

    @Test
    void scriptsCanBeRun() {
        List<Path> scripts = texts().stream().filter(FilesTest::isScript).toList();
        assertThat(scripts).isNotEmpty().allSatisfy(script -> {
            assertThat(Files.isExecutable(script)).as(Repository.shown(script)).isTrue();
            assertThat(Repository.lines(script)).as(Repository.shown(script)).contains("set -euo pipefail");
        });
    }

    private static List<Path> texts() {
        return Repository.files().stream().filter(FilesTest::isText).toList();
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return TEXT.contains(name.substring(dot + 1)) || dot < 0;
    }

    private static boolean isScript(Path file) {
        return file.getFileName().toString().indexOf('.') < 0
                && Repository.lines(file).stream()
                        .findFirst()
                        .filter(line -> line.startsWith("#!"))
                        .isPresent();
    }

    private static Stream<String> findings(Path file) {
        return Repository.lines(file).stream()
                .filter(FilesTest::isForeign)
                .map(line -> Repository.shown(file) + ": " + line.strip());
    }

    private static boolean isForeign(String line) {
        return MACHINE_PATH.matcher(line).find() || REGISTRY.matcher(line).find();
    }
}
