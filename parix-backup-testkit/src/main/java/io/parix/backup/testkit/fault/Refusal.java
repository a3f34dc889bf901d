package io.parix.backup.testkit.fault;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** An error, made anew for each call that ends with it. Safe for concurrent use as long as what makes it is. */
public final class Refusal {
    private final String words;
    private final Function<Call, Throwable> error;

    private Refusal(String words, Function<Call, Throwable> error) {
        this.words = words;
        this.error = error;
    }

    /**
     * What a place, or a catalog that cannot be reached, refuses with.
     *
     * @param kind how
     * @param message what it says
     * @return a {@link ProviderException}
     */
    public static Refusal refused(ErrorKind kind, String message) {
        return new Refusal(kind.code(), call -> new ProviderException(kind, message));
    }

    /**
     * A place asks for patience.
     *
     * @param after how long to wait at least
     * @return a {@link ProviderException} of kind {@link ErrorKind#THROTTLED}
     */
    public static Refusal throttled(Duration after) {
        return new Refusal(
                "throttled for " + after,
                call -> ProviderException.throttled("Cannot " + call.name() + " now: slow down.", after, null));
    }

    /**
     * A place keeps something until a time.
     *
     * @param until when the lock ends
     * @return a {@link ProviderException} of kind {@link ErrorKind#LOCKED}
     */
    public static Refusal locked(Instant until) {
        return new Refusal(
                "locked until " + until,
                call -> ProviderException.locked("Cannot " + call.name() + ": it is locked.", until));
    }

    /**
     * A catalog says that another one was faster.
     *
     * @return a {@link CatalogConflictException} about the row that the call is about, which is said to be gone
     */
    public static Refusal conflict() {
        return new Refusal("conflict", call -> {
            for (Object each : call.arguments()) {
                JobRecord row = each instanceof JobWrite write ? write.next() : each instanceof JobRecord r ? r : null;
                if (row != null) {
                    return new CatalogConflictException(row.id(), row.version(), null);
                }
            }
            return new CatalogConflictException(call.subject(), 0, null);
        });
    }

    /**
     * Something of the library's own says why it cannot.
     *
     * @param code why
     * @param message what it says
     * @return a {@link FailedException}
     */
    public static Refusal failed(ErrorCode code, String message) {
        return new Refusal(code.code(), call -> new FailedException(code, message));
    }

    /**
     * A port's own code fails.
     *
     * @param error makes what it throws, which must be unchecked or one that the method declares
     * @return that error
     */
    public static Refusal thrown(Supplier<? extends Throwable> error) {
        return new Refusal("an error of its own", call -> error.get());
    }

    Throwable of(Call call) {
        return error.apply(call);
    }

    @Override
    public String toString() {
        return words;
    }
}
