package io.parix.backup.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Path data = Path.of("");
    private Path work = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        work = directory.resolve("work");
    }

    @Test
    @DisplayName("a given cluster is backed up twice, refused under a wrong name, restored and compared; exit 0")
    void givenCluster() throws IOException {
        List<Path> files = SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        List<ByteBuffer> before = contents(files);

        int code = run("--cluster", data.toString(), "--work", work.toString());

        assertThat(text()).contains("name-not-confirmed", "Every comparison held.");
        assertThat(code).isZero();
        assertThat(contents(files)).isEqualTo(before);
        assertThat(work).doesNotExist();
    }

    @Test
    @DisplayName(
            "D2 D3 D4 the backups page is shown of the live cluster and again after the restore, within 100 columns")
    void showsThePage() throws IOException {
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);

        assertThat(run("--cluster", data.toString(), "--work", work.toString())).isZero();

        assertThat(text().lines().filter(line -> line.equals("==> The backups page")))
                .hasSize(2);
        assertThat(text().lines().filter(line -> line.startsWith("given (active, here), protected")))
                .hasSize(2);
        assertThat(text().lines().filter(line -> line.endsWith("offered"))).hasSize(4);
        assertThat(text().lines().filter(line -> line.matches(" {2}\\S.*"))).allMatch(line -> line.length() <= 100);
    }

    @Test
    @DisplayName("--keep leaves the restored files under their own names")
    void keeps() throws IOException {
        List<Path> files = SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);

        assertThat(run("--cluster", data.toString(), "--work", work.toString(), "--keep"))
                .isZero();

        for (Path file : files) {
            assertThat(work.resolve("restored").resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }

    @Test
    @DisplayName("C5 an incomplete replica set is one line with its code, exit 2, and leaves nothing")
    void incompleteSet() throws IOException {
        Files.delete(SyntheticCluster.builder(DataFileLayout.TINY)
                .build()
                .writeTo(data)
                .get(1));

        int code = run("--cluster", data.toString(), "--work", work.toString());

        assertThat(code).isEqualTo(2);
        assertThat(text().lines().toList()).hasSize(1).first().asString().startsWith("replica-set-refused: ");
        assertThat(work).doesNotExist();
    }

    @Test
    @DisplayName("files that are no data files are one line with its code, exit 2")
    void noDataFiles() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.write(data.resolve("7_" + i + ".tigerbeetle"), new byte[1 << 20]);
        }

        assertThat(run("--cluster", data.toString(), "--work", work.toString())).isEqualTo(2);
        assertThat(text().lines().toList()).hasSize(1);
    }

    @Test
    @DisplayName("an empty directory is one line with its code, exit 2")
    void emptyDirectory() {
        assertThat(run("--cluster", data.toString(), "--work", work.toString())).isEqualTo(2);
        assertThat(text().lines().toList()).hasSize(1).first().asString().startsWith("not-a-cluster: ");
    }

    @Test
    @DisplayName("a work directory that holds an earlier run is refused and left as it is")
    void workInUse() throws IOException {
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        Files.createDirectories(work.resolve("restored"));

        assertThat(run("--cluster", data.toString(), "--work", work.toString())).isEqualTo(2);
        assertThat(work.resolve("restored")).exists();
    }

    @Test
    @DisplayName("a work directory that is a file is one line, exit 2, and the file stays")
    void workIsAFile() throws IOException {
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        Files.writeString(work, "mine");

        assertRefused("work-unusable: ", "--cluster", data.toString(), "--work", work.toString());
        assertThat(work).hasContent("mine");
    }

    @Test
    @DisplayName("a work directory that cannot be made is one line, exit 2")
    void workBelowAFile() throws IOException {
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        Files.writeString(work, "mine");

        assertRefused(
                "work-unusable: ",
                "--cluster",
                data.toString(),
                "--work",
                work.resolve("below").toString());
    }

    @Test
    @DisplayName("the files of two clusters in one directory are one line that names both, exit 2")
    void twoClusters() throws IOException {
        Files.createFile(data.resolve("7_0.tigerbeetle"));
        Files.createFile(data.resolve("8_0.tigerbeetle"));

        assertRefused("not-a-cluster: ", "--cluster", data.toString(), "--work", work.toString());
        assertThat(text()).contains("7 and 8");
    }

    @Test
    @DisplayName("I4 a foreign file among the replicas is one line, exit 2, and no file is changed")
    void foreignFile() throws IOException {
        List<Path> files = SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        Files.write(files.get(1), "not one of yours".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
        List<ByteBuffer> before = contents(files);

        assertRefused("replica-set-refused: ", "--cluster", data.toString(), "--work", work.toString());
        assertThat(contents(files)).isEqualTo(before);
    }

    @Test
    @DisplayName("I4 a file that cannot be read is one line that names it, exit 2")
    void unreadableFile() throws IOException {
        Files.delete(SyntheticCluster.builder(DataFileLayout.TINY)
                .build()
                .writeTo(data)
                .get(1));
        Files.createDirectory(data.resolve("1_1.tigerbeetle"));

        assertRefused("", "--cluster", data.toString(), "--work", work.toString());
        assertThat(text()).contains("1_1.tigerbeetle");
    }

    @Test
    @DisplayName("files that are not data files of a cluster are left alone and out")
    void strangersInTheDirectory() throws IOException {
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        Files.writeString(data.resolve("notes.txt"), "mine");

        assertThat(run("--cluster", data.toString(), "--work", work.toString())).isZero();
        assertThat(data.resolve("notes.txt")).hasContent("mine");
        assertThat(data.resolve(".parix-restore")).doesNotExist();
    }

    @Test
    @DisplayName("a work directory that was there stays, with what was in it")
    void workWithOtherThings() throws IOException {
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        Files.createDirectories(work);
        Files.writeString(work.resolve("notes.txt"), "mine");

        assertThat(run("--cluster", data.toString(), "--work", work.toString())).isZero();
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left).containsExactly(work.resolve("notes.txt"));
        }
    }

    @Test
    @DisplayName("wrong options are one line, exit 2")
    void wrongOptions() {
        assertRefused("invalid-option: ", "--clutser", "x");
        assertRefused("invalid-option: ", "--cluster");
        assertRefused("invalid-option: ", "a-word");
    }

    @Test
    @DisplayName("C6 K8 a warning of the set is shown as a note")
    void showsNotes() throws IOException {
        SyntheticCluster cluster = SyntheticCluster.builder(DataFileLayout.TINY).build();
        cluster.writeTo(data);
        Path other = Files.createDirectory(directory.resolve("other"));
        Path later = cluster.inView(5).writeTo(other).get(2);
        Files.copy(later, data.resolve(later.getFileName()), StandardCopyOption.REPLACE_EXISTING);

        assertThat(run("--cluster", data.toString(), "--work", work.toString())).isZero();
        assertThat(text()).contains("note K8: ");
    }

    private void assertRefused(String beginning, String... args) {
        printed.reset();
        assertThat(run(args)).isEqualTo(2);
        assertThat(text().lines().toList()).hasSize(1).first().asString().startsWith(beginning);
    }

    private int run(String... args) {
        return new Quickstart(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(args);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static List<ByteBuffer> contents(List<Path> files) throws IOException {
        try (Stream<Path> paths = files.stream()) {
            return paths.map(QuickstartTest::read).toList();
        }
    }

    private static ByteBuffer read(Path file) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
