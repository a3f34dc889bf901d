package io.parix.backup.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobStatesDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "job-states.md");

    @Test
    @DisplayName("B1 F5 docs/job-states.md is what the code draws")
    void documentIsWhatTheCodeDraws() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, document());
        }

        assertThat(DOCUMENT)
                .as("write it anew with: mvn test -pl parix-backup-core -am -Dtest=JobStatesDocumentTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true")
                .hasContent(document());
    }

    private static String document() {
        return """
                # The states of a job

                Drawn from `io.parix.backup.core.job` by `JobStatesDocumentTest`; do not edit. Each state is a
                record, each arrow a method of it; what is not drawn does not compile, or is refused with the code
                `illegal-move`, naming both states. `takenOver` is the next worker, under a higher fencing token;
                every running state has it, so it is not drawn.

                What the next worker does after a crash is `RecoveryTable`, by which the engine decides: a step that is
                claimed, repeated or continued may also be failed, by an error that repeating does not mend or by its
                deadline; one that only goes forward, goes back or sweeps is never given up for time.

                ## Backup

                %s
                %s
                An `exporting` that is repeated reads the same images again and stores them under names of its own fence; what
                the dead worker stored is swept once the manifest is there.

                `snapshotting` is gone through only where the database has volumes of which its provider can make snapshots. The images are
                asked for once the snapshots' points in time are fixed, or, where a failed snapshot fails the job, once all are usable;
                `completing` waits until each is usable or has failed.

                A failure that can be mended by other images does not fail the job: it starts over, a bounded number
                of times. From `committing` on there is no failure: the manifest is decided, and any worker puts
                those very bytes until they are there. A job that is `unswept` has ended and holds no slot; only its
                leftovers are still to be removed.

                ## Restore

                %s
                %s
                A crash alone undoes nothing: the next worker goes on, whether forward or back. Going back is for a
                failure, and only before `opening` is stored. It begins with `undo-fencing` only where a restored
                replica may have started. What was staged before a failure up to `fencing-old` stays, so that
                another request for the same backup continues it. `needs-operator` is a failed job too: the old
                files are kept, and the job says in which step it is stuck and why.
                """.formatted(
                        diagram(Move.ofBackups(), BackupStep.values()),
                        table(BackupStep.values()),
                        diagram(Move.ofRestores(), RestoreStep.values()),
                        table(RestoreStep.values()));
    }

    private static String diagram(Set<Move> moves, JobStep[] steps) {
        StringBuilder out = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> ")
                .append(node(steps[0]))
                .append("\n");
        moves.stream()
                .filter(move -> !move.name().equals("takenOver"))
                .forEach(move ->
                        out.append("    %s --> %s : %s\n".formatted(node(move.from()), node(move.to()), move.name())));
        Arrays.stream(steps)
                .filter(step -> step.status().ended() && onwards(step).isEmpty())
                .forEach(step -> out.append("    ").append(node(step)).append(" --> [*]\n"));
        return out.append("```\n").toString();
    }

    private static Set<JobStep> onwards(JobStep step) {
        return step.next().stream().filter(to -> to != step).collect(Collectors.toSet());
    }

    /** Mermaid reads a dash in a name as part of an arrow. */
    private static String node(JobStep step) {
        return step.code().replace('-', '_');
    }

    private static String table(JobStep[] steps) {
        StringBuilder out = new StringBuilder("""
                | step | status | the next worker, after a crash | a failure that repeating does not mend leads to |
                |---|---|---|---|
                """);
        for (JobStep step : steps) {
            Optional<? extends JobStep> failure = step.afterFailure();
            out.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            step.code(),
                            step.status().code(),
                            step.afterCrash().words(),
                            failure.map(to -> "`" + to.code() + "`").orElse("–")));
        }
        return out.toString();
    }
}
