package io.parix.backup.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGKILL for processes at chosen and at random moments. {@code fault-tests/run} does any number of it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KillsTest {
    private static final int KILLS = 40;
    private static final long SEED = 3;

    @Test
    @DisplayName(
            "B3 B4 B7 F5 H3 H7 processes killed anywhere lose nothing: one complete backup or one failed job, restored alike, and what is past its time goes whole")
    void kills() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "kills")), "test-")
                .toAbsolutePath();
        Map<Database, Tally> tallies = new KillRun(folder, KILLS, SEED).on(EnumSet.allOf(Database.class));
        tallies.forEach((database, tally) -> System.out.print(tally.shown(database + ", seed " + SEED)));
        assertThat(tallies.values().stream().mapToInt(Tally::kills).sum()).isEqualTo(KILLS);
        assertThat(tallies).hasSize(Database.values().length).allSatisfy((database, tally) -> {
            assertThat(Moment.values())
                    .allSatisfy(moment -> assertThat(tally.kills(moment)).isPositive());
            assertThat(tally.outcomes())
                    .containsOnlyKeys(
                            "backup completed",
                            "backup failed: profile-changed",
                            "backup removed",
                            "restore completed",
                            "restore failed: host-failed");
        });
    }
}
