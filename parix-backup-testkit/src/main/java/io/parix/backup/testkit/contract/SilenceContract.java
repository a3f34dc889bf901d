package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.bytes;
import static io.parix.backup.testkit.contract.Samples.content;
import static io.parix.backup.testkit.contract.Samples.key;
import static io.parix.backup.testkit.contract.Samples.keys;
import static io.parix.backup.testkit.contract.Samples.put;
import static io.parix.backup.testkit.contract.Samples.read;
import static io.parix.backup.testkit.contract.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement SPI-79: how calls end that a place does not answer. */
public interface SilenceContract extends ObjectStoreFixture {
    /** Long enough for a call to reach a place, and short enough to be waited for some times. */
    private static CallContext soon() {
        return Samples.call(Duration.ofMillis(500), () -> false);
    }

    private ObjectStore silent() throws Exception {
        Optional<ObjectStore> silent = silentStore();
        assumeTrue(silent.isPresent(), "not verified: the fixture has no place that does not answer");
        return silent.get();
    }

    /** What a call ends with. One that waits for ever is left to its thread, which is interrupted and keeps no process alive. */
    private ErrorKind end(Callable<?> call) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, "a call that is not answered");
            made.setDaemon(true);
            return made;
        });
        Object answer;
        try {
            answer = thread.submit(call).get(soon().timeout().plus(patience()).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("a call with a deadline of " + soon().timeout() + " goes on after it", e);
        } catch (ExecutionException e) {
            return kind(e.getCause());
        } finally {
            thread.shutdownNow();
        }
        throw new AssertionError("a call that was not answered came back with " + answer);
    }

    private static ErrorKind kind(@Nullable Throwable thrown) {
        Throwable told = thrown instanceof IOException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (told instanceof IOException) {
            return ErrorKind.UNAVAILABLE;
        }
        if (told instanceof ProviderException refusal) {
            assertThat(refusal.getMessage()).as("the message of a failure").isNotBlank();
            return refusal.kind();
        }
        throw new AssertionError("a call fails as no provider's call does", told);
    }

    private static int length(ObjectStore store, CallContext call) throws IOException {
        try (InputStream in = store.get(key("kept/object"), null, call)) {
            return in.readAllBytes().length;
        }
    }

    @Test
    @DisplayName(
            "SPI-79 what reads ends by its deadline where the place does not answer, finds nothing empty or absent, and the store goes on")
    default void endsWhatReads() throws Exception {
        for (Function<ObjectStore, Callable<?>> verb : List.<Function<ObjectStore, Callable<?>>>of(
                store -> () -> length(store, soon()),
                store -> () -> store.stat(key("kept/object"), soon()),
                store -> () -> store.list(KeyPrefix.ROOT, null, soon()))) {
            ObjectStore store = silent();
            assertThat(end(verb.apply(store))).isIn(ErrorKind.CANCELLED, ErrorKind.UNAVAILABLE);
            assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("kept/object");
            assertThat(length(store, CALL)).isPositive();
        }
    }

    @Test
    @DisplayName(
            "SPI-79 a write that is not answered ends by its deadline, of unknown outcome if it may be there, and asked again its key is taken")
    default void endsWrites() throws Exception {
        ObjectStore store = silent();
        ErrorKind told = end(() -> store.putIfAbsent(key("db/object"), content(1, 1_000), soon()));
        if (store.stat(key("db/object"), CALL).isPresent()) {
            assertThat(told).as("what is told of a write that was done").isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
            refused(() -> put(store, "db/object", 1, 1_000), ErrorKind.ALREADY_EXISTS);
        } else {
            assertThat(told).isIn(ErrorKind.OUTCOME_UNKNOWN, ErrorKind.CANCELLED, ErrorKind.UNAVAILABLE);
            put(store, "db/object", 1, 1_000);
        }
        assertThat(read(store, "db/object")).isEqualTo(bytes(1, 1_000));
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("db/object", "kept/object");
    }

    @Test
    @DisplayName(
            "SPI-79 a deletion that is not answered ends by its deadline, of unknown outcome if it may be done, and asked again the object is absent")
    default void endsDeletions() throws Exception {
        ObjectStore store = silent();
        ErrorKind told = end(() -> deleted(store, soon()));
        boolean there = store.stat(key("kept/object"), CALL).isPresent();
        if (there) {
            assertThat(told).isIn(ErrorKind.OUTCOME_UNKNOWN, ErrorKind.CANCELLED, ErrorKind.UNAVAILABLE);
        } else {
            assertThat(told).as("what is told of a deletion that was done").isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        }
        assertThat(deleted(store, CALL)).isEqualTo(there ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent());
        assertThat(keys(store, KeyPrefix.ROOT)).isEmpty();
    }

    /** What became of the object; what failed for it alone is raised as if all had. */
    private static DeleteOutcome deleted(ObjectStore store, CallContext call) {
        Map<?, DeleteOutcome> outcomes = store.delete(List.of(key("kept/object")), call);
        assertThat(outcomes).hasSize(1);
        DeleteOutcome outcome = outcomes.values().iterator().next();
        if (outcome instanceof DeleteOutcome.Failed failed) {
            throw new ProviderException(failed.kind(), "the deletion failed for the one key");
        }
        return outcome;
    }
}
