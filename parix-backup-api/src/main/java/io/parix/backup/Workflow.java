package io.parix.backup;

/**
 * A workflow that occupies a database.
 *
 * @param kind what it is
 * @param owner the job's id, or the host's own key; printable, 1 to 256 characters
 */
public record Workflow(WorkflowKind kind, String owner) {
    /** Refuses an empty or unprintable owner. */
    public Workflow {
        if (!Printable.is(owner, 256)) {
            throw InvalidRequestException.of(
                    "workflow owner", Printable.quote(owner), "it must have 1 to 256 printable characters");
        }
    }

    @Override
    public String toString() {
        return kind.code() + " (" + owner + ")";
    }
}
