package io.parix.backup.examples.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetentionStoryTest {
    @Test
    @DisplayName("H1 H6 H9 the example previews a shorter period, takes it back, and sees it take effect")
    void tells() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        RetentionStory.tell(new PrintStream(told, true, UTF_8));

        assertThat(told.toString(UTF_8)).isEqualToNormalizingNewlines("""
                kept for: 7 days (default)
                  backups of 03-06, 03-05, 03-04, 03-03, 03-02 on hold
                2 days would remove 3 backups from 2026-03-08T09:00:00Z on
                  To be removed: it completed at 2026-03-05T09:00:00Z, and 2 days are over.
                  To be removed: it completed at 2026-03-04T09:00:00Z, and 2 days are over.
                  To be removed: it completed at 2026-03-03T09:00:00Z, and 2 days are over.
                asked for 2 days: 7 days (default), 2 days from 2026-03-08T09:00:00Z on
                  backups of 03-06, 03-05, 03-04, 03-03, 03-02 on hold
                taken back: 7 days (default)
                  backups of 03-06, 03-05, 03-04, 03-03, 03-02 on hold
                asked for again: 7 days (default), 2 days from 2026-03-08T09:00:00Z on
                  backups of 03-06, 03-05, 03-04, 03-03, 03-02 on hold
                a day later: 2 days (organization)
                  backups of 03-06, 03-02 on hold
                """);
    }
}
