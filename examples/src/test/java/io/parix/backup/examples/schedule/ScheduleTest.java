package io.parix.backup.examples.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    @DisplayName("G1 G2 G3 G4 G5 the example's card tells of runs, a downtime, a taken slot and a pause")
    void tells() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        Schedule.tell(new PrintStream(told, true, UTF_8));

        assertThat(told.toString(UTF_8)).isEqualToNormalizingNewlines("""
                set
                  schedule  daily at 02:30 Europe/Berlin
                  next      2026-03-28, at 2026-03-28T01:30:00Z
                ran
                  schedule  daily at 02:30 Europe/Berlin
                  next      2026-03-29, at 2026-03-29T01:00:00Z
                  last      2026-03-28, completed
                ran
                  schedule  daily at 02:30 Europe/Berlin
                  next      2026-03-30, at 2026-03-30T00:30:00Z
                  last      2026-03-29, completed
                ran
                  schedule  daily at 02:30 Europe/Berlin
                  next      2026-03-31, at 2026-03-31T00:30:00Z
                  last      2026-03-30, completed
                was down for three days
                  schedule  daily at 02:30 Europe/Berlin
                  next      2026-04-03, at 2026-04-03T00:30:00Z
                  last      2026-04-02, completed
                  missed    2, the last 2026-04-01
                was being resized
                  schedule  daily at 02:30 Europe/Berlin
                  next      2026-04-04, at 2026-04-04T00:30:00Z
                  last      2026-04-03, skipped: Something else is at work on the database: provisioning (resize-7). A backup can be made once it has ended.
                  missed    2, the last 2026-04-01
                paused
                  schedule  daily at 02:30 Europe/Berlin
                  next      none, paused
                  last      2026-04-03, skipped: Something else is at work on the database: provisioning (resize-7). A backup can be made once it has ended.
                  missed    2, the last 2026-04-01
                a backup was asked for now
                resumed
                  schedule  daily at 02:30 Europe/Berlin
                  next      2026-04-08, at 2026-04-08T00:30:00Z
                  last      2026-04-03, skipped: Something else is at work on the database: provisioning (resize-7). A backup can be made once it has ended.
                  missed    2, the last 2026-04-01
                """);
    }
}
