package io.parix.backup.archive.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchiveKeysTest {
    private static final BackupId BACKUP = new BackupId("b-1");

    private static boolean isIndex(String fence) {
        return ArchiveKeys.isIndex("backups/b-1/" + fence + "-replica-0.idx", BACKUP, 0);
    }

    @Test
    @DisplayName(
            "C4 C11 an index whose name claims a token that none can be is no index; the greatest that can be is one")
    void tokensThatNoneCanBe() {
        String greatest = ArchiveKeys.indexStem(BACKUP, Long.MAX_VALUE, 0) + ".idx";

        assertThat(ArchiveKeys.isIndex(greatest, BACKUP, 0)).isTrue();
        assertThat(ArchiveKeys.fenceOf(greatest)).isEqualTo(Long.MAX_VALUE);
        assertThat(isIndex("0000000000000000001")).isTrue();
        assertThat(isIndex("9223372036854775808")).isFalse();
        assertThat(isIndex("9999999999999999999")).isFalse();
    }
}
