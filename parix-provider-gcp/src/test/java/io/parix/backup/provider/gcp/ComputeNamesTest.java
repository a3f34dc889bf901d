package io.parix.backup.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What snapshots and disks are called. */
class ComputeNamesTest {
    private static final String TAKEN = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

    @ParameterizedTest
    @ValueSource(
            strings = {"s", "parix-b1-1-0", "parixf", "a23456789012345678901234567890123456789012345678901234567890123"
            })
    @DisplayName("B6 a name that Compute Engine takes is what its snapshot is called")
    void keepsNames(String name) {
        assertThat(ComputeNames.resource(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-",
                "0-b1-1-0",
                "parix-b1-",
                "parixf-",
                "parixf-0123456789abcdefghijklmnopqrstuv0123456789abcdefghij",
                "123456789012345678901234567890123456789012345678901234567890123"
            })
    @DisplayName("B6 another one is folded to one that it takes, always the same, and is told by the label")
    void foldsNames(String name) {
        String folded = ComputeNames.resource(name);
        assertThat(folded).startsWith("parixf-").hasSize(59).matches(TAKEN).isEqualTo(ComputeNames.resource(name));
        assertThat(ComputeNames.SNAPSHOT.name(folded, ComputeNames.SNAPSHOT.labels(name, Map.of())))
                .isEqualTo(name);
    }

    @Test
    @DisplayName("B6 no two names fold to one, those that look folded included")
    void foldsApart() {
        Random random = new Random(5);
        Map<String, String> byResource = new HashMap<>();
        IntStream.range(0, 20_000).forEach(i -> {
            String name = random.ints(1 + random.nextInt(63), 0, 37)
                    .mapToObj(c -> String.valueOf("abcdefghijklmnopqrstuvwxyz0123456789-".charAt(c)))
                    .reduce("", String::concat);
            String resource = ComputeNames.resource(name);
            assertThat(resource).matches(TAKEN);
            String before = byResource.put(resource, name);
            assertThat(before == null || before.equals(name)).isTrue();
            String again = ComputeNames.resource(resource);
            assertThat(again.equals(resource)).isEqualTo(!resource.startsWith("parixf-"));
        });
        assertThat(byResource).hasSizeGreaterThan(15_000);
    }

    @Test
    @DisplayName("what has a label of ours under a name of its own, or none, is none of ours")
    void takesBoth() {
        Map<String, String> labels = ComputeNames.SNAPSHOT.labels("parix-b1-1-0", Map.of("parix-backup", "b1"));
        assertThat(ComputeNames.SNAPSHOT.name("parix-b1-1-0", labels)).isEqualTo("parix-b1-1-0");
        assertThat(ComputeNames.SNAPSHOT.name("copied-by-a-script", labels)).isEmpty();
        assertThat(ComputeNames.SNAPSHOT.name("parix-b1-1-0", Map.of("parix-backup", "b1")))
                .isEmpty();
        assertThat(ComputeNames.DISK.name("parix-b1-1-0", labels)).isEmpty();
        assertThat(ComputeNames.SNAPSHOT.name("a b", Map.of("parix-snapshot", "a b")))
                .isEmpty();
        assertThat(ComputeNames.ofEngine(
                        Map.of("parix-snapshot", "s", "parix-backup", "b1", "goog-x", "A", "team", "t")))
                .containsOnlyKeys("parix-backup", "team");
    }

    @Test
    @DisplayName("a disk is told by its path, after a project or not, or by its address, and by nothing else")
    void readsPaths() {
        for (String each : List.of(
                "zones/europe-west3-a/disks/ledger-0",
                "projects/ledger-prod/zones/europe-west3-a/disks/ledger-0",
                "https://www.googleapis.com/compute/v1/projects/ledger-prod/zones/europe-west3-a/disks/ledger-0",
                "https://compute.googleapis.com/compute/beta/projects/ledger-prod/zones/europe-west3-a/disks/ledger-0")) {
            assertThat(DiskPath.of(each, "ledger-prod").map(DiskPath::toString))
                    .contains("projects/ledger-prod/zones/europe-west3-a/disks/ledger-0");
        }
        assertThat(DiskPath.of("projects/other/regions/europe-west3/disks/d", "ledger-prod"))
                .hasValueSatisfying(path -> {
                    assertThat(path.regional()).isTrue();
                    assertThat(path.where()).isEqualTo("europe-west3");
                    assertThat(path.project()).isEqualTo("other");
                });
        for (String each : List.of(
                "",
                "ledger-0",
                "zones/../disks/d",
                "zones/a/disks/d?x=1",
                "zones/a/disks/d/createSnapshot",
                "global/snapshots/s",
                "vol-0123456789abcdef0",
                "projects/P/zones/a/disks/d")) {
            assertThat(DiskPath.of(each, "ledger-prod")).as(each).isEmpty();
        }
    }
}
