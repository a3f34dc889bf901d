package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.Operation;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.Optional;
import java.util.function.Supplier;

/** Asking for a deletion, which is accepted and may fail later. */
final class Removal {
    private Removal() {}

    /**
     * Asks for one.
     *
     * @param place the place
     * @param call the call
     * @param permission what it needs
     * @param before the latest deletion of the same, which has ended; it is asked for again, and why that one failed is told
     * @param request makes the request
     * @return what became of it
     */
    static DeleteOutcome of(
            ComputePlace place,
            GcpCall call,
            String permission,
            Optional<Operation> before,
            Supplier<Operation> request) {
        try {
            Operation asked = place.change(call, permission, request);
            if (ComputeOperations.hasFailed(asked)) {
                throw place.errors().of(call, permission, asked, ComputeErrors.patience(asked));
            }
        } catch (ProviderException e) {
            return switch (e.kind()) {
                case NOT_FOUND -> new DeleteOutcome.Absent();
                case IN_USE -> new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage()));
                default -> throw e;
            };
        }
        return before.filter(ComputeOperations::hasFailed)
                .filter(failed -> ComputeErrors.kindOf(failed) != ErrorKind.NOT_FOUND)
                .<DeleteOutcome>map(failed -> new DeleteOutcome.Failed(
                        ComputeErrors.kindOf(failed), "It was asked for again; before, " + ComputeErrors.words(failed)))
                .orElseGet(DeleteOutcome.Deleted::new);
    }
}
