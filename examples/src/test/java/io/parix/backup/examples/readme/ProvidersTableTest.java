package io.parix.backup.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.provider.aws.AwsProvider;
import io.parix.backup.provider.gcp.GcpProvider;
import io.parix.backup.provider.local.LocalProvider;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.StorageLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says that each provider can do is what the providers themselves say. */
class ProvidersTableTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- What the providers claim, drawn by ProvidersTableTest. -->\n";
    private static final String END = "<!-- End of what they claim. -->\n";

    @TempDir
    private Path folder;

    private final Map<String, Capabilities> providers = new LinkedHashMap<>();

    @BeforeEach
    void ask() {
        claims("local", new LocalProvider(), Map.of("root", folder.toString()));
        claims(
                "aws",
                new AwsProvider().withDefaults(Map.of("snapshots", "ebs")),
                Map.of("bucket", "ledger-backups", "region", "eu-central-1"));
        claims(
                "gcp",
                new GcpProvider().withDefaults(Map.of("snapshots", "compute")),
                Map.of("bucket", "ledger-backups", "compute-project", "ledger-prod"));
    }

    private void claims(String id, BackupProvider provider, Map<String, String> settings) {
        assertThat(provider.id()).isEqualTo(id);
        try (ProviderSession session = provider.open(new StorageLocation(id, settings, KeyPrefix.ROOT))) {
            providers.put(id, session.capabilities());
        }
    }

    @Test
    @DisplayName("the README's table of providers is drawn from their capabilities")
    void isDrawnFromCapabilities() throws IOException {
        String text = Files.readString(README);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        assertThat(to).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(README, text.substring(0, from) + table() + text.substring(to));
        }
        assertThat(Files.readString(README))
                .as("draw it anew with: mvn test -pl examples -am -Dtest=ProvidersTableTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true")
                .contains(BEGIN + table() + END);
    }

    @Test
    @DisplayName("the table has every provider that is found by its id")
    void hasEveryProvider() {
        assertThat(ServiceLoader.load(BackupProvider.class))
                .extracting(BackupProvider::id)
                .containsExactlyInAnyOrderElementsOf(providers.keySet());
    }

    private String table() {
        return line("", providers.keySet().stream().map(id -> "`" + id + "`"))
                + line("---", providers.keySet().stream().map(id -> "---")).replace(" ", "")
                + row("an object is written once, also by writers at the same time", Capabilities::conditionalCreate)
                + row("largest object", Capabilities::largestWrite, size -> size.words())
                + row("locks of objects are told and respected", Capabilities::objectLock)
                + row("what is deleted lives on as an older version", Capabilities::versioning)
                + row("snapshots of volumes", of(SnapshotCapabilities::supported))
                + row("they are found by their labels", of(SnapshotCapabilities::listByLabel))
                + row("a volume is made of one", of(SnapshotCapabilities::materialize))
                + row(
                        "volumes of a machine or a zone in one cut",
                        of(cut -> cut.groupCut() != SnapshotCapabilities.GroupCut.NONE))
                + row(
                        "time between two of a volume",
                        of(SnapshotCapabilities::minimumInterval),
                        ProvidersTableTest::interval)
                + row(
                        "pending ones of a volume",
                        of(SnapshotCapabilities::pendingPerVolume),
                        most -> most == 0 ? "–" : "at most " + most);
    }

    private static <T> Function<Capabilities, T> of(Function<SnapshotCapabilities, T> claim) {
        return all -> claim.apply(all.volumeSnapshots());
    }

    private static String interval(Duration least) {
        return least.isZero() ? "–" : least.toSeconds() + " s";
    }

    private String row(String what, Function<Capabilities, Boolean> claim) {
        return row(what, claim, each -> each ? "yes" : "–");
    }

    private <T> String row(String what, Function<Capabilities, T> claim, Function<T, String> words) {
        return line(what, providers.values().stream().map(claim).map(words));
    }

    private static String line(String first, Stream<String> cells) {
        return "| " + first + " | " + cells.collect(Collectors.joining(" | ")) + " |\n";
    }
}
