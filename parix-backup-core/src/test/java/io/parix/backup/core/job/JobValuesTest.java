package io.parix.backup.core.job;

import static io.parix.backup.core.job.Samples.DIGEST;
import static io.parix.backup.core.job.Samples.INTENT;
import static io.parix.backup.core.job.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.Report;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobValuesTest {
    private static void refused(ThrowingCallable call, String fact) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(call)
                .withMessageContaining(fact);
    }

    private static ReplicaFacts replica(int index, int count) {
        return new ReplicaFacts(index, count, "42", "0.17.8", 960, ByteSize.ZERO);
    }

    private static Contents contents(Report coherence, ReplicaFacts... replicas) {
        return new Contents(Samples.CONTENTS.manifest(), Samples.CONTENTS.totals(), List.of(replicas), coherence);
    }

    @Test
    @DisplayName("C5 contents hold every replica index exactly once, in order")
    void contentsAreComplete() {
        assertThat(contents(Report.empty(), replica(0, 2), replica(1, 2)).replicas())
                .hasSize(2);
        refused(() -> contents(Report.empty()), "one file per replica");
        refused(() -> contents(Report.empty(), replica(0, 2)), "every index");
        refused(() -> contents(Report.empty(), replica(1, 2), replica(0, 2)), "every index");
        refused(() -> contents(Report.empty(), replica(0, 2), replica(0, 2)), "every index");
    }

    @Test
    @DisplayName("C6 contents may carry warnings about their coherence, but no refusal")
    void contentsAreCoherent() {
        Check warning = new Check("K8", "slots-differ", Check.Outcome.WARN, "", "", "Slots differ.");
        Check refusal = new Check("K7", "ops-lost", Check.Outcome.FAIL, "", "", "904 operations are lost.");

        assertThat(contents(new Report(List.of(warning)), replica(0, 1))
                        .coherence()
                        .warnings())
                .containsExactly(warning);
        refused(() -> contents(new Report(List.of(refusal)), replica(0, 1)), "904 operations are lost.");
    }

    @Test
    @DisplayName("C3 the manifest has its exact bytes, bounded, and as many as the contents say")
    void manifestIsExact() {
        byte[] bytes = {1, 2, 3};
        ManifestBytes manifest = new ManifestBytes(bytes);
        bytes[0] = 9;
        manifest.bytes()[1] = 9;

        assertThat(manifest.bytes()).containsExactly(1, 2, 3);
        assertThat(manifest).isEqualTo(new ManifestBytes(new byte[] {1, 2, 3}));
        assertThat(manifest).isNotEqualTo(new ManifestBytes(new byte[] {1, 2, 4}));
        assertThat(new ManifestBytes(new byte[1 << 20]).size()).isEqualTo(ManifestBytes.MOST);
        refused(() -> new ManifestBytes(new byte[(1 << 20) + 1]), "1 byte to 1.0 MiB");
        refused(() -> new ManifestBytes(new byte[0]), "1 byte to");
        BackupJob.Exporting exporting = (BackupJob.Exporting) Samples.backup(BackupStep.EXPORTING);
        refused(() -> exporting.exported(Samples.CONTENTS, manifest), "the contents say 7 bytes");
    }

    @Test
    @DisplayName("B6 an intent names something, nothing twice, and is bounded")
    void intentIsBounded() {
        List<String> most =
                IntStream.range(0, Intent.MOST).mapToObj(i -> "name-" + i).toList();

        assertThat(new Intent(most).names()).hasSize(Intent.MOST);
        refused(() -> new Intent(most).and(new Intent(List.of("one more"))), (Intent.MOST + 1) + " names");
        refused(() -> new Intent(List.of()), "0 names");
        refused(() -> new Intent(List.of("a", "a")), "twice");
        refused(() -> new Intent(List.of("a\nb")), "printable");
    }

    @Test
    @DisplayName("B2 B7 attempts and fencing tokens stay in their bounds")
    void runsAreBounded() {
        refused(() -> new BackupRun(0, 3, 1, NOON, INTENT), "1 to 3");
        refused(() -> new BackupRun(4, 3, 1, NOON, INTENT), "1 to 3");
        refused(() -> new BackupRun(1, 101, 1, NOON, INTENT), "1 to 100");
        refused(() -> new BackupRun(1, 3, 0, NOON, INTENT), "start at 1");
        refused(() -> new RestoreRun(0, NOON, DatabaseStatus.ACTIVE), "start at 1");
        BackupJob.Queued queued = (BackupJob.Queued) Samples.backup(BackupStep.QUEUED);
        refused(() -> queued.claimed(new BackupRun(2, 3, 1, NOON, INTENT)), "begins with attempt 1");
    }

    @Test
    @DisplayName("D2 a job does not end before it started")
    void endsAfterItStarted() {
        BackupJob.Completing completing = (BackupJob.Completing) Samples.backup(BackupStep.COMPLETING);
        RestoreJob.Releasing releasing = (RestoreJob.Releasing) Samples.restore(RestoreStep.RELEASING);

        assertThat(completing.completed(NOON, Samples.WRITTEN).completedAt()).isEqualTo(NOON);
        refused(() -> completing.completed(NOON.minusNanos(1), Samples.WRITTEN), "it lies before");
        refused(() -> releasing.released(NOON.minusNanos(1)), "it lies before");
    }

    @Test
    @DisplayName("D2 a backup adds no more than it has")
    void totalsAddUp() {
        ByteSize one = new ByteSize(1);
        assertThat(new ExportTotals(one, one, one).added()).isEqualTo(one);
        refused(() -> new ExportTotals(one, one, new ByteSize(2)), "only 1 B are stored");
    }

    @Test
    @DisplayName("I4 digests and texts that are none are refused, naming them")
    void refusesForeignTexts() {
        assertThat(new ManifestReference("k", DIGEST, ByteSize.ZERO).sha256()).isEqualTo(DIGEST);
        refused(() -> new ManifestReference("k", "AB".repeat(32), ByteSize.ZERO), "lower-case hexadecimal");
        refused(() -> new ManifestReference("k", "ab", ByteSize.ZERO), "64");
        refused(() -> new ManifestReference(" ", DIGEST, ByteSize.ZERO), "manifest key");
        BackupHeader header = Samples.backupHeader("b1");
        String tooLong = String.join("", Collections.nCopies(257, "k"));
        refused(
                () -> new BackupHeader(
                        new BackupId("b1"),
                        header.database(),
                        header.actor(),
                        header.trigger(),
                        NOON,
                        header.location(),
                        tooLong),
                "1 to 256");
    }

    @Test
    @DisplayName("B4 a step that a newer release wrote is refused by type, not guessed at")
    void refusesUnknownSteps() {
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> BackupStep.of("teleporting"))
                .withMessageContaining("'teleporting'")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN));
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> RestoreStep.of("teleporting"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT_UNKNOWN));
    }
}
