package io.parix.backup.provider.local.cluster;

import static io.parix.backup.provider.local.cluster.DirectoryFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.host.HostAnswer;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker is killed before each of its operations in turn, and another one finishes or undoes what it began. */
class SwapCrashTest {
    @TempDir
    private Path directory;

    private int trial;

    /** Ends a worker: nothing that it would do afterwards, in a finally clause either, is done. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class Killer {
        private int left;

        private Killer(int operations) {
            this.left = operations;
        }

        private Disk disk() {
            return new Disk((operation, path) -> {
                if (left-- <= 0) {
                    throw new Killed();
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "012"})
    @DisplayName("F5 a swap killed anywhere is finished by a repetition, and the old files are kept")
    void isFinished(String lost) throws IOException {
        killEverywhere(lost, fixture -> {}, c -> c.swap(call(1)), fixture -> {
            assertDone(fixture.cluster().swap(call(2)));
            assertDone(fixture.cluster().swap(call(2)));
            assertThat(fixture.live()).isEqualTo(fixture.all("new"));
            assertDone(fixture.cluster().release(call(2)));
            assertThat(fixture.names()).containsExactlyInAnyOrderElementsOf(NAMES_RESTORED);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "012"})
    @DisplayName("F5 a swap killed anywhere is undone: old files are back, lost ones are lost again, nothing is left")
    void isUndone(String lost) throws IOException {
        killEverywhere(lost, fixture -> {}, c -> c.swap(call(1)), fixture -> {
            assertDone(fixture.cluster().swapBack(call(2)));
            assertDone(fixture.cluster().swapBack(call(2)));
            assertAsBefore(fixture);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "012"})
    @DisplayName("F5 going back killed anywhere is finished by a repetition")
    void goesBackAgain(String lost) throws IOException {
        killEverywhere(
                lost, fixture -> assertDone(fixture.cluster().swap(call(1))), c -> c.swapBack(call(1)), fixture -> {
                    assertDone(fixture.cluster().swapBack(call(2)));
                    assertAsBefore(fixture);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1"})
    @DisplayName("F5 a release killed anywhere is finished by a repetition, and the new files stay")
    void releasesAgain(String lost) throws IOException {
        killEverywhere(
                lost, fixture -> assertDone(fixture.cluster().swap(call(1))), c -> c.release(call(1)), fixture -> {
                    assertDone(fixture.cluster().release(call(2)));
                    assertThat(fixture.live()).isEqualTo(fixture.all("new"));
                    assertThat(fixture.names()).containsExactlyInAnyOrderElementsOf(NAMES_RESTORED);
                });
    }

    private static final List<String> NAMES_RESTORED =
            List.of("7_0.tigerbeetle", "7_1.tigerbeetle", "7_2.tigerbeetle", "notes.txt");

    private static void assertAsBefore(DirectoryFixture fixture) throws IOException {
        assertThat(fixture.live()).isEqualTo(fixture.all("old"));
        assertThat(fixture.names()).hasSize(4 - fixture.lost().size()).allMatch(NAMES_RESTORED::contains);
    }

    /** Looks at a directory. */
    @FunctionalInterface
    private interface Look {
        void at(DirectoryFixture fixture) throws IOException;
    }

    private void killEverywhere(String lost, Look before, Function<DirectoryCluster, HostAnswer> killed, Look after)
            throws IOException {
        int operations = 0;
        boolean died = true;
        while (died) {
            DirectoryFixture fixture = staged(lost);
            before.at(fixture);
            DirectoryCluster cluster = fixture.cluster(new Killer(operations).disk());
            died = dies(() -> assertDone(killed.apply(cluster)));
            assertEveryReplicaHasItsFile(fixture);
            after.at(fixture);
            operations++;
        }
        assertThat(operations).as("places to be killed at").isGreaterThan(5);
    }

    /** Whoever had a file has one now, the old one or the new one, whole. */
    private static void assertEveryReplicaHasItsFile(DirectoryFixture fixture) throws IOException {
        List<String> live = fixture.live();
        for (int i = 0; i < 3; i++) {
            if (!fixture.lost().contains(i)) {
                assertThat(live.get(i)).isIn("old " + i, "new " + i);
            }
        }
    }

    private static boolean dies(Runnable action) {
        try {
            action.run();
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private DirectoryFixture staged(String lost) throws IOException {
        Set<Integer> none = Set.copyOf(lost.chars().mapToObj(c -> c - '0').toList());
        DirectoryFixture fixture = DirectoryFixture.create(directory.resolve("trial" + trial++), none);
        fixture.stage();
        return fixture;
    }

    private static void assertDone(HostAnswer answer) {
        assertThat(answer).isEqualTo(HostAnswer.done());
    }
}
