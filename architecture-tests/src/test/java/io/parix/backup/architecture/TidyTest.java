package io.parix.backup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tidiness of the sources; each rule also meets a text that breaks it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TidyTest {
    /** Under this number of source files the scan has missed the house. */
    private static final int SOURCES_AT_LEAST = 70;

    private final List<SourceTree> all = SourceTree.parse(Repository.javaFiles());
    private final List<SourceTree> main = SourceTree.parse(Repository.allMainSources());
    private final List<SourceTree> tests = SourceTree.parse(Repository.allTestSources());

    @Test
    void theScanFindsTheHouse() {
        assertThat(all).hasSizeGreaterThanOrEqualTo(SOURCES_AT_LEAST);
        assertThat(main).hasSizeGreaterThanOrEqualTo(Room.API.minimum().classes());
        assertThat(tests).isNotEmpty();
        assertThat(all).noneMatch(source -> source.name().contains("target/"));
    }

    @Test
    void methodsFitOnAScreen() {
        assertThat(findings(all, Tidy::longMethods)).isEmpty();
    }

    @Test
    void aMethodOfOneLineTooManyIsCaught() {
        assertThat(Tidy.longMethods(methodOf(Tidy.METHOD_LINES))).isEmpty();
        assertThat(Tidy.longMethods(methodOf(Tidy.METHOD_LINES + 1))).containsExactly("Wrong.java:2 run has 51 lines");
    }

    @Test
    void filesHaveOneSubject() {
        assertThat(findings(all, Tidy::longFile)).isEmpty();
    }

    @Test
    void aFileOfOneLineTooManyIsCaught() {
        assertThat(Tidy.longFile(fileOf(Tidy.FILE_CODE_LINES))).isEmpty();
        assertThat(Tidy.longFile(fileOf(Tidy.FILE_CODE_LINES + 1))).containsExactly("Wrong.java has 401 lines of code");
    }

    @Test
    void nothingIsLeftOver() {
        assertThat(findings(all, Tidy::leftOvers)).isEmpty();
        assertThat(Tidy.leftOvers(wrong("// TOD" + "O later"))).hasSize(1);
    }

    @Test
    void noTestIsDisabled() {
        assertThat(findings(all, Tidy::disabledTests)).isEmpty();
        assertThat(Tidy.disabledTests(wrong("@Test @Disabled(\"flaky\") void t() {}")))
                .hasSize(1);
    }

    @Test
    void noTestSleeps() {
        List<SourceTree> others = tests.stream()
                .filter(source -> !source.name().contains("/wrong/"))
                .toList();
        assertThat(findings(others, Tidy::sleeps)).isEmpty();
        assertThat(Tidy.sleeps(wrong("void t() { Thread.sleep(1); java.util.concurrent.TimeUnit.DAYS.sleep(1); }")))
                .hasSize(2);
    }

    @Test
    void noMeaningHangsOnTheOrderOfConstants() {
        assertThat(findings(main, Tidy::ordinals)).isEmpty();
        assertThat(Tidy.ordinals(wrong("int t(Kind k) { return k.ordinal(); }")))
                .hasSize(1);
    }

    @Test
    void everySuppressedWarningSaysWhy() {
        assertThat(findings(all, Tidy::unexplainedSuppressions)).isEmpty();
        assertThat(Tidy.unexplainedSuppressions(wrong("\n@SuppressWarnings(\"x\")\nvoid t() {}")))
                .hasSize(1);
        assertThat(Tidy.unexplainedSuppressions(wrong("\n@SuppressWarnings(\"x\") // because\nvoid t() {}")))
                .isEmpty();
    }

    @Test
    void everyMainPackageSaysWhatItIsFor() {
        List<Path> packages = Repository.allMainSources().stream()
                .map(file -> Objects.requireNonNull(file.getParent()))
                .distinct()
                .toList();
        assertThat(packages).hasSizeGreaterThanOrEqualTo(Room.values().length);
        assertThat(packages).allSatisfy(folder -> {
            Path info = folder.resolve("package-info.java");
            assertThat(Files.exists(info)).as(Repository.shown(info)).isTrue();
            assertThat(Tidy.poorPackageInfo(SourceTree.parse(info))).isEmpty();
        });
    }

    @Test
    void aPackageThatSaysNothingIsCaught() {
        assertThat(Tidy.poorPackageInfo(SourceTree.parse("package-info.java", "/** Core */\npackage a;")))
                .containsExactly(
                        "package-info.java does not say what the package is for",
                        "package-info.java is not @NullMarked");
        assertThat(Tidy.poorPackageInfo(SourceTree.parse("package-info.java", "/** Rooms. */\n@NullMarked package a;")))
                .isEmpty();
    }

    private static List<String> findings(Collection<SourceTree> sources, Function<SourceTree, List<String>> rule) {
        assertThat(sources).as("sources to look at").isNotEmpty();
        return sources.stream().flatMap(source -> rule.apply(source).stream()).toList();
    }

    private static SourceTree wrong(String member) {
        return SourceTree.parse("Wrong.java", "class Wrong {" + member + "\n}");
    }

    private static SourceTree methodOf(int lines) {
        return SourceTree.parse("Wrong.java", "class Wrong {\nvoid run() {\n" + "a();\n".repeat(lines - 2) + "}\n}\n");
    }

    private static SourceTree fileOf(int lines) {
        String fields = Stream.iterate(0, number -> number + 1)
                .limit(lines - 2)
                .map(number -> "int a" + number + ";\n\n// not code\n/* nor this */\n")
                .reduce("", String::concat);
        return SourceTree.parse("Wrong.java", "class Wrong {\n" + fields + "}\n");
    }
}
