package io.parix.backup.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupEvent;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.Shape;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.host.BackupListener;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("B4 C12 the README's lines make a backup at each start, and remember the one before")
    void makesABackupAtEachStart() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.createDirectory(home.resolve("store"));
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);

        assertThat(backups(data, home)).hasSize(1);
        List<Backup> both = backups(data, home);

        assertThat(both)
                .extracting(Backup::status)
                .containsOnly(JobStatus.COMPLETED)
                .hasSize(2);
        assertThat(both.get(0).completed().orElseThrow().added().bytes())
                .isLessThan(both.get(1).completed().orElseThrow().added().bytes());
    }

    private static List<Backup> backups(Path data, Path home) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        BackupListener listener = event -> {
            if (event.kind() == BackupEvent.Kind.BACKUP_COMPLETED || event.kind() == BackupEvent.Kind.BACKUP_FAILED) {
                ended.countDown();
            }
        };
        try (Embed embed = Embed.start(profile(), data, home, listener)) {
            assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
            return embed.parix().backups().history(new DatabaseId("ledger-1"), 10);
        }
    }

    @Test
    @DisplayName("the README shows the code that this test compiles")
    void readmeShowsThisCode() throws Exception {
        String source = Files.readString(Path.of("src/main/java/io/parix/backup/examples/embed/Embed.java"));
        String shown =
                source.substring(source.indexOf("// README: begin\n") + 17, source.indexOf("        // README: end"));

        assertThat(Files.readString(Path.of("../README.md")))
                .contains(shown.stripTrailing().stripIndent().strip());
    }

    private static DatabaseProfile profile() {
        Shape shape =
                new Shape(3, 2, ByteSize.gibibytes(8), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        return new DatabaseProfile(
                new DatabaseId("ledger-1"), "ledger", DatabaseStatus.ACTIVE, "here", "local", shape, List.of());
    }
}
