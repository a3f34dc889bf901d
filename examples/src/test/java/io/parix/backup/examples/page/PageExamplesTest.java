package io.parix.backup.examples.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageExamplesTest {
    private static final String UNTIL_EXPIRED = """
            three nights later
            ledger (active, here), protected
              newest    less than an hour old, written
              schedule  daily at 03:00 UTC
              next      2026-03-06, at 2026-03-06T03:00:00Z
              last      2026-03-05, completed
              kept      7 days (default)
              storage   3 backups of 4.5 MiB in 70.1 KiB, from 2026-03-03 03:00Z to 2026-03-05 03:00Z
              new       can be asked for
              when        at                 trigger    status     size     new       expires    restore
              now         2026-03-05 03:00Z  scheduled  completed  1.5 MiB  11.3 KiB  in 7 days  offered
              1 day ago   2026-03-04 03:00Z  scheduled  completed  1.5 MiB  11.3 KiB  in 6 days  offered
              2 days ago  2026-03-03 03:00Z  scheduled  completed  1.5 MiB  81.4 KiB  in 5 days  offered
            deleted
            a database deleted at 2026-03-05T03:00:00Z, not protected
              newest    6 hours old, written
              fail      The database was deleted at 2026-03-05T03:00:00Z; its backups stay until they expire.
              schedule  daily at 03:00 UTC
              next      none, paused
              last      2026-03-05, completed
              kept      7 days (default)
              storage   3 backups of 4.5 MiB in 70.1 KiB, from 2026-03-03 03:00Z to 2026-03-05 03:00Z
              new       The database was deleted at 2026-03-05T03:00:00Z. The database's status is not known.
                        The database's infrastructure is not known.
              when         at                 trigger    status     size     new       expires    restore
              6 hours ago  2026-03-05 03:00Z  scheduled  completed  1.5 MiB  11.3 KiB  in 7 days  no [1]
              1 day ago    2026-03-04 03:00Z  scheduled  completed  1.5 MiB  11.3 KiB  in 6 days  no [1]
              2 days ago   2026-03-03 03:00Z  scheduled  completed  1.5 MiB  81.4 KiB  in 5 days  no [1]
              [1] no-current-profile: The database has no current profile to compare the region with.
            a week after the first backup
            a database deleted at 2026-03-05T03:00:00Z, not protected
              newest    120 hours old, written
              fail      The database was deleted at 2026-03-05T03:00:00Z; its backups stay until they expire.
              fail      The newest restorable backup is 120 hours old: what was written since
                        2026-03-05T03:00:00Z cannot be brought back.
              schedule  daily at 03:00 UTC
              next      none, paused
              last      2026-03-10, skipped: The database was deleted at 2026-03-05T03:00:00Z. The database's
                        status is not known. The database's infrastructure is not known.
              missed    4, the last 2026-03-09
              kept      7 days (default)
              storage   2 backups of 3.0 MiB in 70.1 KiB, from 2026-03-04 03:00Z to 2026-03-05 03:00Z
              new       The database was deleted at 2026-03-05T03:00:00Z. The database's status is not known.
                        The database's infrastructure is not known.
              when        at                 trigger    status     size     new       expires    restore
              5 days ago  2026-03-05 03:00Z  scheduled  completed  1.5 MiB  11.3 KiB  in 2 days  no [1]
              6 days ago  2026-03-04 03:00Z  scheduled  completed  1.5 MiB  11.3 KiB  in 1 day   no [1]
              [1] no-current-profile: The database has no current profile to compare the region with.
            a week after the last one
            a database deleted at 2026-03-05T03:00:00Z, not protected
              fail      The database was deleted at 2026-03-05T03:00:00Z; its backups stay until they expire.
              fail      The database has no restorable backup.
              schedule  daily at 03:00 UTC
              next      none, paused
              last      2026-03-10, skipped: The database was deleted at 2026-03-05T03:00:00Z. The database's
                        status is not known. The database's infrastructure is not known.
              missed    4, the last 2026-03-09
              kept      7 days (default)
              storage   0 backups of 0 B in 0 B
              new       The database was deleted at 2026-03-05T03:00:00Z. The database's status is not known.
                        The database's infrastructure is not known.
              no backups
            """;

    @Test
    @DisplayName("H2 D2 D3 the example's page shows the backups of a deleted database until each has expired")
    void deletedDatabase() {
        assertThat(told(DeletedDatabase::tell)).isEqualToNormalizingNewlines(UNTIL_EXPIRED);
    }

    @Test
    @DisplayName("J2 the example says what breaks the promise and what would")
    void protection() {
        assertThat(told(Protected::tell)).isEqualToNormalizingNewlines("""
                at first: not protected
                  fail      The database has no restorable backup.
                  warn      The database has no schedule: it is backed up by hand only.
                backed up by hand: protected
                  newest    less than an hour old, written
                  warn      Only one backup is restorable; nothing stands behind it.
                  warn      The database has no schedule: it is backed up by hand only.
                scheduled, and run once: protected
                  next      2026-03-04T03:00:00Z
                  newest    less than an hour old, written
                paused for more than two days: not protected
                  newest    49 hours old, written
                  fail      The newest restorable backup is 49 hours old: what was written since 2026-03-03T03:00:00Z cannot be brought back.
                  warn      The schedule is paused: no run comes by itself.
                """);
    }

    private static String told(Consumer<PrintStream> example) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        example.accept(new PrintStream(told, true, UTF_8));
        return told.toString(UTF_8);
    }
}
