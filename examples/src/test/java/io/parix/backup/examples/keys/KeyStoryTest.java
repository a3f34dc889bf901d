package io.parix.backup.examples.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyStoryTest {
    @Test
    @DisplayName("C13 the example seals under two keys, restores both, and says which key is lost")
    void tells() throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        KeyStory.tell(new PrintStream(told, true, UTF_8));

        assertThat(told.toString(UTF_8)).isEqualToNormalizingNewlines("""
                the first backup, under 2026-03: restored, COMPLETED
                the second backup, under 2026-04: restored, COMPLETED
                the key 2026-03 is lost
                the first backup: not offered
                  Parts of the backup are missing in storage, or do not open: Cannot open backups of database ledger-1 that need the key 2026-03: the key port says that it is lost. Bring the key back, or use a backup under another key.
                  There is no whole file for replica 0, 1, 2.
                the second backup, which shares segments with it: not offered
                  Parts of the backup are missing in storage, or do not open: Cannot open backups of database ledger-1 that need the key 2026-03: the key port says that it is lost. Bring the key back, or use a backup under another key.
                  There is no whole file for replica 0, 1, 2.
                a third backup, stored anew under 2026-04: restored, COMPLETED
                """);
    }
}
