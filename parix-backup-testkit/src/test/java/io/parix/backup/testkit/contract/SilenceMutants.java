package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.MutantParts.error;
import static io.parix.backup.testkit.contract.TroubleMutants.all;
import static io.parix.backup.testkit.contract.TroubleMutants.when;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores that are wrong about a place that does not answer. */
final class SilenceMutants {
    static final StoreMutants MUTANTS = new StoreMutants();

    private SilenceMutants() {}

    /** Waits until it is interrupted, which is what the suite does with what it gives up. */
    private static ProviderException forEver(ProviderException instead) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return instead;
    }

    static {
        reads();
        writes();
        deletions();
    }

    private static void reads() {
        MUTANTS.get(
                "SPI-79 waits for ever for bytes",
                (right, key, range, call) -> when(ErrorKind.CANCELLED, () -> right.get(key, range, call), e -> {
                    throw forEver(e);
                }));
        MUTANTS.stat(
                "SPI-79 waits for ever for a description",
                (right, key, call) -> when(ErrorKind.CANCELLED, () -> right.stat(key, call), e -> {
                    throw forEver(e);
                }));
        MUTANTS.list(
                "SPI-79 waits for ever for a listing",
                (right, prefix, after, call) -> when(ErrorKind.CANCELLED, () -> right.list(prefix, after, call), e -> {
                    throw forEver(e);
                }));
        MUTANTS.get(
                "SPI-79 says not found of what is not answered",
                (right, key, range, call) -> when(ErrorKind.CANCELLED, () -> right.get(key, range, call), e -> {
                    throw error(ErrorKind.NOT_FOUND);
                }));
        MUTANTS.stat(
                "SPI-79 finds nothing where nobody answers",
                (right, key, call) -> when(ErrorKind.CANCELLED, () -> right.stat(key, call), e -> Optional.empty()));
        MUTANTS.list(
                "SPI-79 looks empty where nobody answers",
                (right, prefix, after, call) -> when(
                        ErrorKind.CANCELLED,
                        () -> right.list(prefix, after, call),
                        e -> new ObjectPage(List.of(), false)));
        MUTANTS.add("SPI-79 is good for nothing after it was not answered", right -> new WrongStore(right) {
            private volatile boolean broken;

            @Override
            public Optional<StoredObject> stat(ObjectKey key, CallContext call) {
                return when(ErrorKind.CANCELLED, () -> super.stat(key, call), e -> {
                    broken = true;
                    throw e;
                });
            }

            @Override
            public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
                if (broken) {
                    throw error(ErrorKind.UNAVAILABLE);
                }
                return super.list(prefix, after, call);
            }
        });
    }

    private static void writes() {
        MUTANTS.put(
                "SPI-79 waits for ever for a write",
                (right, key, content, call) ->
                        when(ErrorKind.OUTCOME_UNKNOWN, () -> right.putIfAbsent(key, content, call), e -> {
                            throw forEver(e);
                        }));
        MUTANTS.put(
                "SPI-79 says cancelled of what it may have stored",
                (right, key, content, call) ->
                        when(ErrorKind.OUTCOME_UNKNOWN, () -> right.putIfAbsent(key, content, call), e -> {
                            throw error(ErrorKind.CANCELLED);
                        }));
        MUTANTS.put(
                "SPI-79 says throttled of a write that is not answered",
                (right, key, content, call) ->
                        when(ErrorKind.OUTCOME_UNKNOWN, () -> right.putIfAbsent(key, content, call), e -> {
                            throw error(ErrorKind.THROTTLED);
                        }));
        MUTANTS.put(
                "SPI-79 takes no answer to a write for success",
                (right, key, content, call) -> when(
                        ErrorKind.OUTCOME_UNKNOWN,
                        () -> right.putIfAbsent(key, content, call),
                        e -> right.stat(key, call).orElseThrow()));
    }

    private static void deletions() {
        MUTANTS.delete(
                "SPI-79 waits for ever for a deletion",
                (right, keys, call) -> when(ErrorKind.OUTCOME_UNKNOWN, () -> right.delete(keys, call), e -> {
                    throw forEver(e);
                }));
        MUTANTS.delete(
                "SPI-79 says cancelled of what it may have deleted",
                (right, keys, call) -> unknown(() -> right.delete(keys, call), keys, ErrorKind.CANCELLED));
        MUTANTS.delete(
                "SPI-79 takes no answer to a deletion for done",
                (right, keys, call) -> when(
                        ErrorKind.OUTCOME_UNKNOWN,
                        () -> right.delete(keys, call),
                        e -> all(keys, new DeleteOutcome.Deleted())));
    }

    /** Tells another kind for each key, instead of an outcome that is not known. */
    private static Map<ObjectKey, DeleteOutcome> unknown(
            Supplier<Map<ObjectKey, DeleteOutcome>> right, List<ObjectKey> keys, ErrorKind kind) {
        return when(
                ErrorKind.OUTCOME_UNKNOWN, right, e -> all(keys, new DeleteOutcome.Failed(kind, "wrong on purpose")));
    }
}
