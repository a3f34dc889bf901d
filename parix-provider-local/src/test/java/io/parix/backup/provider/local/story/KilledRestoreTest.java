package io.parix.backup.provider.local.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.JobStatus;
import io.parix.backup.Restore;
import io.parix.backup.RestoreId;
import io.parix.backup.engine.ParixBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRestoreTest {
    @TempDir
    private Path directory;

    /** Ends a process: the only kind of error that the engine lets through. */
    private static final class Killed extends OutOfMemoryError {
        private static final long serialVersionUID = 1L;
    }

    /** Dies at the n-th place. */
    private static final class Killer implements TroubledHost.Trouble {
        private final List<String> places = new ArrayList<>();
        private final int survived;

        private Killer(int survived) {
            this.survived = survived;
        }

        @Override
        public void at(String place) {
            places.add(place);
            if (places.size() > survived) {
                throw new Killed();
            }
        }
    }

    /** What must be true in the end, wherever the first process died. */
    private interface End {
        void check(Ledger ledger, Restore restore) throws IOException;
    }

    @Test
    @DisplayName("F4 F5 a restore killed before or after any step is finished by the next process")
    void finished() throws IOException {
        int places = killEverywhere(true, (ledger, restore) -> {
            assertThat(restore.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(ledger.holdsSaved()).isTrue();
        });
        assertThat(places).as("places to be killed at").isGreaterThan(18);
    }

    @Test
    @DisplayName("F5 a restore that must go back and is killed before or after any step is undone by the next process")
    void undone() throws IOException {
        int places = killEverywhere(false, (ledger, restore) -> {
            assertThat(restore.failed().orElseThrow().code()).isEqualTo(ErrorCode.HOST_FAILED);
            assertThat(ledger.holdsOld()).isTrue();
        });
        assertThat(places).as("places to be killed at").isGreaterThan(18);
    }

    private int killEverywhere(boolean quorum, End end) throws IOException {
        int survived = 0;
        boolean died = true;
        while (died) {
            Ledger ledger = new Ledger(directory.resolve("trial-" + survived));
            ledger = quorum ? ledger : ledger.withoutQuorum();
            Killer killer = new Killer(survived);
            ParixBackup first = ledger.process(killer);
            RestoreId asked = ledger.ask(first);
            try (first) {
                ledger.work(first, asked);
                died = false;
            } catch (Killed e) {
                ledger.assertEachFileIsWhole();
            }
            finish(ledger, asked, end);
            survived = next(killer);
        }
        return survived;
    }

    /** Of the many writes the first, and a few in the middle, are enough. */
    private static int next(Killer killer) {
        int next = killer.places.size();
        boolean writing = killer.places.get(next - 1).equals("write");
        return writing && next > 5 ? next + 80 : next;
    }

    private static void finish(Ledger ledger, RestoreId asked, End end) throws IOException {
        try (ParixBackup second = ledger.process(place -> {})) {
            end.check(ledger, ledger.work(second, asked));
            assertThat(ledger.status()).isEqualTo(DatabaseStatus.ACTIVE);
            ledger.assertNothingIsLeft();
        }
    }

    @Test
    @DisplayName(
            "F4 a disk that fills up while staging leaves the live files; the next restore continues what was staged")
    void fullDisk() throws IOException {
        Ledger ledger = new Ledger(directory.resolve("full"));
        try (ParixBackup parix = ledger.process(new FullDisk(200_000))) {
            Restore failed = ledger.work(parix, ledger.ask(parix));

            assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.STAGING_FAILED);
            assertThat(failed.failed().orElseThrow().message()).contains("No space left on device");
            assertThat(ledger.holdsOld()).isTrue();
            assertThat(ledger.status()).isEqualTo(DatabaseStatus.ACTIVE);
        }
        Counted counted = new Counted();
        try (ParixBackup parix = ledger.process(counted)) {
            int fetched = ledger.faults.calls("get");
            Restore restore = ledger.work(parix, ledger.ask(parix));

            assertThat(restore.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(ledger.faults.calls("get")).isGreaterThan(fetched);
        }
        assertThat(ledger.holdsSaved()).isTrue();
        assertThat(counted.bytes).as("written again").isLessThan(writtenByWhole());
        ledger.assertNothingIsLeft();
    }

    private long writtenByWhole() throws IOException {
        Ledger ledger = new Ledger(directory.resolve("whole"));
        Counted counted = new Counted();
        try (ParixBackup parix = ledger.process(counted)) {
            ledger.work(parix, ledger.ask(parix));
        }
        return counted.bytes;
    }

    /** Has room for so many bytes. */
    private static final class FullDisk implements TroubledHost.Trouble {
        private long room;

        private FullDisk(long room) {
            this.room = room;
        }

        @Override
        public void at(String place) {
            // Only writing takes room.
        }

        @Override
        public void write(int bytes) throws IOException {
            room -= bytes;
            if (room < 0) {
                throw new IOException("No space left on device");
            }
        }
    }

    /** Counts what is written. */
    private static final class Counted implements TroubledHost.Trouble {
        private long bytes;

        @Override
        public void at(String place) {
            // Only writing counts.
        }

        @Override
        public void write(int count) {
            bytes += count;
        }
    }
}
