package io.parix.backup.examples.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageExamplesTest {
    @Test
    @DisplayName("H2 D2 D3 the example's page shows the backups of a deleted database until each has expired")
    void deletedDatabase() {
        assertThat(told(DeletedDatabase::tell)).isEqualToNormalizingNewlines("""
                three nights later: the database is ledger
                  status     when             size         expires          restore
                  completed  now              1.5 MiB      in 7 days        offered
                  completed  1 day ago        1.5 MiB      in 6 days        offered
                  completed  2 days ago       1.5 MiB      in 5 days        offered
                  a new backup can be asked for
                deleted: the database is deleted since 2026-03-05T03:00:00Z
                  status     when             size         expires          restore
                  completed  6 hours ago      1.5 MiB      in 6 days        no-current-profile
                  completed  1 day ago        1.5 MiB      in 5 days        no-current-profile
                  completed  2 days ago       1.5 MiB      in 4 days        no-current-profile
                  a new backup cannot be asked for
                a week after the first backup: the database is deleted since 2026-03-05T03:00:00Z
                  status     when             size         expires          restore
                  completed  5 days ago       1.5 MiB      in 2 days        no-current-profile
                  completed  6 days ago       1.5 MiB      in 1 day         no-current-profile
                  a new backup cannot be asked for
                a week after the last one: the database is deleted since 2026-03-05T03:00:00Z
                  status     when             size         expires          restore
                  a new backup cannot be asked for
                """);
    }

    @Test
    @DisplayName("J2 the example says what breaks the promise and what would")
    void protection() {
        assertThat(told(Protected::tell)).isEqualToNormalizingNewlines("""
                at first: not protected
                  fail    The database has no restorable backup.
                  warn    The database has no schedule: it is backed up by hand only.
                backed up by hand: protected
                  newest  0 hours old, written
                  warn    Only one backup is restorable; nothing stands behind it.
                  warn    The database has no schedule: it is backed up by hand only.
                scheduled, and run once: protected
                  newest  0 hours old, written
                  next    2026-03-04T03:00:00Z
                paused for more than two days: not protected
                  newest  49 hours old, written
                  fail    The newest restorable backup is 49 hours old: what was written since 2026-03-03T03:00:00Z cannot be brought back.
                  warn    The schedule is paused: no run comes by itself.
                """);
    }

    private static String told(Consumer<PrintStream> example) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        example.accept(new PrintStream(told, true, UTF_8));
        return told.toString(UTF_8);
    }
}
