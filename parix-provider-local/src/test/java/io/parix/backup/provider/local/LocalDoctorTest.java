package io.parix.backup.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Finding;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on a directory. */
class LocalDoctorTest {
    @TempDir
    private Path root;

    private static Diagnosis examine(Path place) {
        StorageLocation location =
                new StorageLocation("local", Map.of("root", place.toString()), new KeyPrefix("parix"));
        InMemoryHost host = new InMemoryHost(InstantSource.system());
        try (ParixBackup parix = ParixBackup.builder()
                .catalog(new InMemoryCatalog(InstantSource.system()))
                .directory(host)
                .images(host)
                .restoreHost(host)
                .storage(location)
                .build()) {
            return parix.doctor().examine(location, Duration.ofMinutes(1));
        }
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.sorted().toList();
        }
    }

    @Test
    @DisplayName(
            "J3 a directory passes, tells no checksums and has no locks; no file is left, and folders do not grow in number")
    void passesADirectory() throws IOException {
        Diagnosis found = examine(root);
        assertThat(found.healthy()).as(String.valueOf(found.findings())).isTrue();
        assertThat(found.with(Finding.Outcome.NOT_APPLICABLE))
                .extracting(Finding::requirement)
                .containsExactly("PLC-08", "SPI-44", "VOL-05", "VOL-06", "VOL-10", "VOL-12");
        List<Path> left = all();
        assertThat(left)
                .noneMatch(Files::isRegularFile)
                .filteredOn(each -> each.startsWith(root.resolve("parix").resolve("parix-doctor")))
                .extracting(each -> root.resolve("parix")
                        .resolve("parix-doctor")
                        .relativize(each)
                        .toString())
                .containsExactly("", "many", "objects", "objects/a", "objects/b", "objects/b/c");
        assertThat(examine(root).healthy()).isTrue();
        assertThat(all()).isEqualTo(left);
    }

    @Test
    @DisplayName("J3 SPI-74 a directory that is not there is unavailable, and nothing is made")
    void findsNothing() {
        Diagnosis found = examine(root.resolve("unmounted"));
        assertThat(found.findings().get(0).error().orElseThrow().providerKind()).hasValue(ErrorKind.UNAVAILABLE);
        assertThat(found.healthy()).isFalse();
        assertThat(root.resolve("unmounted")).doesNotExist();
    }
}
