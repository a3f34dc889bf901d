package io.parix.backup.examples.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamineTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Examine.run(arguments, new PrintStream(told, true, UTF_8), new PrintStream(complained, true, UTF_8));
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    @DisplayName("J3 a directory is healthy, each requirement has a line, and no file is left in it")
    void passesADirectory() throws IOException {
        assertThat(run(directory.toString())).as(told.toString(UTF_8)).isZero();
        assertThat(told.toString(UTF_8).lines())
                .anyMatch(line -> line.matches("SPI-21 +taken-key-refused +passed +other content and the same .*"))
                .anyMatch(line -> line.matches("PLC-08 +lock-state-readable +not-applicable .*"))
                .noneMatch(line -> line.contains("failed") || line.contains("undetermined"))
                .last()
                .isEqualTo("local:parix/ is healthy");
        assertThat(files(directory)).isEmpty();
    }

    @Test
    @DisplayName("J3 J4 a place in use is another installation's, unless its catalog is named")
    void asksForTheCatalog() throws IOException {
        Path store = Files.createDirectory(directory.resolve("store"));
        Files.createDirectory(store.resolve("parix"));
        Files.writeString(
                store.resolve("parix").resolve("parix-installation-1.json"),
                "{\"createdAt\":\"2026-11-23T09:00:00Z\",\"epoch\":1,\"format\":\"parix-installation\",\"installation\":\""
                        + "ab".repeat(16) + "\",\"version\":1}");
        assertThat(run(store.toString(), "jdbc:h2:" + directory.resolve("catalog")))
                .isOne();
        assertThat(told.toString(UTF_8).lines())
                .anyMatch(line -> line.startsWith("J4: installation " + "ab".repeat(16)))
                .last()
                .isEqualTo("local:parix/ is not healthy");
        assertThat(files(store)).hasSize(1);
    }

    @Test
    @DisplayName("J3 a directory that is not there is not healthy, and what cannot be asked for ends in one line")
    void tellsWhatIsMissing() {
        assertThat(run(directory.resolve("nowhere").toString())).isOne();
        assertThat(told.toString(UTF_8)).contains("PLC-01: ");
        assertThat(run()).isEqualTo(2);
        assertThat(run("--help")).isEqualTo(2);
        assertThat(complained.toString(UTF_8)).contains("usage: examples/doctor DIR");
    }
}
