package io.parix.backup.examples.twonodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TwoNodesTest {
    @TempDir
    private Path temporary;

    @Test
    @DisplayName("B4 B7 on an H2 server, one node is killed in the middle of an export and the other one finishes it")
    void onH2() throws Exception {
        String told = run();

        assertThat(told).contains("jdbc:h2:tcp://127.0.0.1:", "took it over with a higher fence", "Everything held.");
        assertThat(told).doesNotContain("BROKEN");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    @DisplayName("B4 B7 on a PostgreSQL, one node is killed in the middle of an export and the other one finishes it")
    void onPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";

            assertThat(run("--postgres", url, "--user", "postgres"))
                    .contains(url, "took it over with a higher fence", "Everything held.")
                    .doesNotContain("BROKEN", "not-to-be-printed");
        }
    }

    @Test
    @DisplayName("options that do not fit are one line with its code, exit 2")
    void wrongOptions() {
        assertThat(refused("--postgres", "jdbc:h2:mem:x")).startsWith("invalid-option: --postgres must begin with");
        assertThat(refused("--user", "ada")).startsWith("invalid-option: --user goes with --postgres");
        assertThat(refused("--nodes", "3")).startsWith("invalid-option: ");
    }

    @Test
    @DisplayName("I4 a PostgreSQL that does not answer is one line with its code, exit 2")
    void noServer() {
        assertThat(refused("--postgres", "jdbc:postgresql://127.0.0.1:1/none", "--user", "ada"))
                .startsWith("provider-failed: ");
    }

    private static String refused(String... args) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int code = new TwoNodes(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(args);
        assertThat(code).isEqualTo(2);
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.get(lines.size() - 1);
    }

    /** As a process, for it must be the first that touches H2. */
    private String run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary,
                "-Dtwo-nodes.scale=small",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                TwoNodes.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(TwoNodes.PASSWORD, "not-to-be-printed");
        // The nodes that it starts take what it has: they are over before a second compiler has paid for itself.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process = builder.start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        return told;
    }
}
