package io.parix.backup.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as people start it, as a process, and as it goes on when that process was killed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class QuickstartKillTest {
    private static final int STEPS = 9;

    /** Steps that take long enough to be killed somewhere inside, and how many milliseconds after their line. */
    private static final Map<Integer, Integer> LONG_STEPS = Map.of(1, 100, 2, 600, 4, 200, 8, 600);

    @TempDir
    private Path directory;

    private Path work = Path.of("");
    private Path temporary = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        work = directory.resolve("work");
        temporary = Files.createDirectory(directory.resolve("temporary"));
    }

    @Test
    @DisplayName(
            "A4 B4 F5 killed in one step after the other and started again, it goes on, and every comparison holds")
    void killedInEachStep() throws Exception {
        long seed = new Random().nextLong();
        Random delays = new Random(seed);
        Set<Integer> killedIn = new TreeSet<>();
        int step = 0;
        while (step < STEPS) {
            step = killedIn(step + 1, delays, killedIn.size());
            killedIn.add(step);
        }
        assertThat(killedIn).as("seed " + seed).containsAll(LONG_STEPS.keySet());
        try (Started last = started()) {
            assertThat(last.ended()).as(last.text() + "\nseed " + seed).isZero();
            assertThat(last.lines()).contains("Every comparison held.").noneMatch(line -> line.contains("NOT REFUSED"));
        }
        assertThat(work).doesNotExist();
    }

    /** Kills a run in this step, or in a later one if the run before came that far between a line and the kill. */
    private int killedIn(int step, Random delays, int earlier) throws Exception {
        try (Started run = started()) {
            assertThat(run.saw("/" + STEPS + "] ")).as(run.text()).isTrue();
            assertThat(run.text().contains("Continuing at step ")).isEqualTo(earlier > 0);
            int now = step(run);
            while (now < step) {
                assertThat(run.saw("/" + STEPS + "] ")).as(run.text()).isTrue();
                now = step(run);
            }
            run.goOn(delays.nextInt(LONG_STEPS.getOrDefault(now, 1)));
            run.kill();
            return now;
        }
    }

    private static int step(Started run) {
        return Character.digit(run.lines().get(run.lines().size() - 1).charAt(1), 10);
    }

    @Test
    @DisplayName("SIGTERM leaves a directory that was named for the next run, which goes on")
    void interruptedInANamedDirectory() throws Exception {
        try (Started run = started()) {
            assertThat(run.saw("[2/9]")).isTrue();
            run.interrupt();
            run.ended();
            assertThat(run.lines()).last().asString().startsWith("interrupted: Go on with: ./quickstart --work ");
        }
        try (Started next = started()) {
            assertThat(next.saw("Continuing at step 2 of 9")).as(next.text()).isTrue();
            assertThat(next.saw("==> Backed up")).as(next.text()).isTrue();
        }
    }

    @Test
    @DisplayName("SIGTERM removes a temporary directory")
    void interruptedInATemporaryDirectory() throws Exception {
        try (Started run = Started.with(temporary)) {
            assertThat(run.saw("[2/9]")).isTrue();
            run.interrupt();
            run.ended();
            assertThat(run.lines()).last().asString().isEqualTo("interrupted: What was written is removed.");
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> file.toString().contains("parix"))).isEmpty();
        }
    }

    @Test
    @DisplayName("a run of another story is refused by name, exit 2, and goes on when it is asked for itself")
    void anotherStory() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        SyntheticCluster.builder(DataFileLayout.TINY).build().writeTo(data);
        try (Started run = started()) {
            assertThat(run.saw("[2/9]")).isTrue();
            run.kill();
        }
        try (Started other = Started.with(temporary, "--work", work.toString(), "--cluster", data.toString())) {
            assertThat(other.ended()).isEqualTo(2);
            assertThat(other.lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("other-story: ")
                    .contains(data.toString());
        }
        try (Started next = started()) {
            assertThat(next.saw("Continuing at step 2 of 9")).as(next.text()).isTrue();
        }
    }

    @Test
    @DisplayName("a second process in the same directory is refused while the first one works, exit 2")
    void twoAtOnce() throws Exception {
        try (Started run = started()) {
            assertThat(run.saw("[2/9]")).isTrue();
            try (Started other = started()) {
                assertThat(other.ended()).isEqualTo(2);
                assertThat(other.lines())
                        .isEqualTo(List.of("work-in-use: Another process works in " + work.toRealPath()
                                + ". Wait for it, or give another --work."));
            }
            assertThat(run.saw("==> Backed up")).as(run.text()).isTrue();
        }
    }

    private Started started() throws IOException {
        return Started.with(temporary, "--work", work.toString());
    }
}
