package io.parix.backup.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quickstart with its backups in a bucket, as {@code examples/aws} and {@code examples/gcp} run it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CloudQuickstartTest {
    private static final long LOOK_MILLIS = 5;

    @TempDir
    private Path directory;

    private Path work = Path.of("");

    @BeforeEach
    void folders() {
        work = directory.resolve("work");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp"})
    @DisplayName("a given cluster is backed up to a bucket, restored and compared; exit 0, and nothing is left")
    void tellsTheStory(String provider) throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        int code = new Quickstart(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run("--provider", provider, "--cluster", data.toString(), "--work", work.toString());

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Every comparison held.");
        assertThat(code).isZero();
        assertThat(work).doesNotExist();
    }

    @Test
    @DisplayName("a provider that is none is one line that names those there are, exit 2")
    void noSuchProvider() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        int code = new Quickstart(new PrintStream(printed, true, StandardCharsets.UTF_8)).run("--provider", "floppy");

        assertThat(code).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("invalid-option: ")
                .contains("floppy", "LOCAL", "AWS", "GCP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp"})
    @DisplayName(
            "B3 B4 killed in the middle of an upload to a bucket, it goes on under an attempt of its own, and nothing is left of the killed one")
    void killedInTheMiddleOfAnUpload(String provider) throws Exception {
        try (Started run = started(provider)) {
            assertThat(run.saw("[2/9]")).as(run.text()).isTrue();
            while (segments().isEmpty()) {
                assertThat(run.goOn(LOOK_MILLIS)).as(run.text()).isTrue();
            }
            run.kill();
        }
        Set<String> killed = attempts(segments());
        try (Started next = started(provider)) {
            assertThat(next.ended()).as(next.text()).isZero();
            assertThat(next.lines()).contains("Every comparison held.");
        }
        Map<String, String> left = segments();
        assertThat(killed).hasSize(1);
        assertThat(attempts(left)).doesNotContainAnyElementsOf(killed).hasSize(2);
    }

    private Started started(String provider) throws IOException {
        return Started.with(directory, "--provider", provider, "--work", work.toString(), "--keep");
    }

    /** Whose attempt each stored segment is: the folder of its backup and the fence that its name begins with. */
    private Map<String, String> segments() throws IOException {
        Path objects = work.resolve("store").resolve("objects");
        if (!Files.isDirectory(objects)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.walk(objects)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .collect(Collectors.toMap(Path::toString, CloudQuickstartTest::attempt));
        }
    }

    private static String attempt(Path segment) {
        String name = String.valueOf(segment.getFileName());
        return segment.getParent() + "/" + name.substring(0, name.indexOf('-'));
    }

    private static Set<String> attempts(Map<String, String> segments) {
        return Set.copyOf(segments.values());
    }
}
