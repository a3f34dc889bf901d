package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.MutantParts.error;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stores that are wrong about locks, permissions, patience and lost answers, each named for what it does and the requirement that it breaks. */
final class TroubleMutants {
    static final StoreMutants MUTANTS = new StoreMutants();

    private TroubleMutants() {}

    static {
        locks();
        permissions();
        patience();
        lostAnswers();
    }

    private static void locks() {
        told("SPI-64 says deleted of what is locked", lock -> new DeleteOutcome.Deleted());
        told("SPI-64 says absent of what is locked", lock -> new DeleteOutcome.Absent());
        told(
                "SPI-64 takes a lock for a missing permission",
                lock -> new DeleteOutcome.Failed(ErrorKind.DENIED, "access denied"));
        told("SPI-64 does not tell the end of a lock", lock -> new DeleteOutcome.Locked(null));
        told("SPI-64 makes an end up", lock -> end(lock).isPresent() ? lock : new DeleteOutcome.Locked(Instant.MAX));
        told(
                "SPI-64 tells a wrong end",
                lock -> new DeleteOutcome.Locked(
                        end(lock).map(until -> until.plus(Duration.ofHours(1))).orElse(null)));
        MUTANTS.delete("SPI-64 refuses the whole call for what is locked", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = right.delete(keys, call);
            if (outcomes.values().stream().anyMatch(DeleteOutcome.Locked.class::isInstance)) {
                throw error(ErrorKind.LOCKED);
            }
            return outcomes;
        });
        MUTANTS.delete("SPI-64 stops at what is locked", (right, keys, call) -> {
            right.delete(List.of(), call);
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>();
            for (ObjectKey key : keys) {
                outcomes.putAll(right.delete(List.of(key), call));
                if (outcomes.get(key) instanceof DeleteOutcome.Locked) {
                    return outcomes;
                }
            }
            return outcomes;
        });
        MUTANTS.delete("SPI-64 deletes what it says is locked", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = right.delete(keys, call);
            outcomes.forEach((key, outcome) -> {
                if (outcome instanceof DeleteOutcome.Locked) {
                    ((InMemoryObjectStore) right).lose(key);
                }
            });
            return outcomes;
        });
    }

    private static Optional<Instant> end(DeleteOutcome lock) {
        return ((DeleteOutcome.Locked) lock).end();
    }

    private static void told(String mutant, UnaryOperator<DeleteOutcome> instead) {
        MUTANTS.delete(mutant, (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>(right.delete(keys, call));
            outcomes.replaceAll(
                    (key, outcome) -> outcome instanceof DeleteOutcome.Locked ? instead.apply(outcome) : outcome);
            return outcomes;
        });
    }

    private static void permissions() {
        MUTANTS.stat(
                "SPI-75 finds nothing when forbidden",
                (right, key, call) -> when(ErrorKind.DENIED, () -> right.stat(key, call), e -> Optional.empty()));
        MUTANTS.get(
                "SPI-75 says not found when forbidden",
                (right, key, range, call) -> when(ErrorKind.DENIED, () -> right.get(key, range, call), e -> {
                    throw error(ErrorKind.NOT_FOUND);
                }));
        MUTANTS.list(
                "SPI-75 looks empty when forbidden",
                (right, prefix, after, call) -> when(
                        ErrorKind.DENIED,
                        () -> right.list(prefix, after, call),
                        e -> new ObjectPage(List.of(), false)));
        denied("SPI-75 says deleted when forbidden", new DeleteOutcome.Deleted());
        denied("SPI-75 says absent when forbidden", new DeleteOutcome.Absent());
        denied(
                "SPI-75 takes a missing permission to delete for an outage",
                new DeleteOutcome.Failed(ErrorKind.UNAVAILABLE, "wrong on purpose"));
    }

    private static void denied(String mutant, DeleteOutcome instead) {
        MUTANTS.delete(mutant, (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes =
                    new HashMap<>(when(ErrorKind.DENIED, () -> right.delete(keys, call), e -> all(keys, instead)));
            outcomes.replaceAll((key, outcome) ->
                    outcome instanceof DeleteOutcome.Failed failed && failed.kind() == ErrorKind.DENIED
                            ? instead
                            : outcome);
            return outcomes;
        });
    }

    private static void patience() {
        MUTANTS.put(
                "SPI-76 takes a request for patience for an outage",
                (right, key, content, call) ->
                        when(ErrorKind.THROTTLED, () -> right.putIfAbsent(key, content, call), e -> {
                            throw error(ErrorKind.UNAVAILABLE);
                        }));
        MUTANTS.put(
                "SPI-76 keeps the wait to itself",
                (right, key, content, call) ->
                        when(ErrorKind.THROTTLED, () -> right.putIfAbsent(key, content, call), e -> {
                            throw error(ErrorKind.THROTTLED);
                        }));
        MUTANTS.put(
                "SPI-76 waits and asks again by itself",
                (right, key, content, call) -> when(
                        ErrorKind.THROTTLED,
                        () -> right.putIfAbsent(key, content, call),
                        e -> right.putIfAbsent(key, content, call)));
        MUTANTS.put(
                "SPI-76 stores what it sends away",
                (right, key, content, call) ->
                        when(ErrorKind.THROTTLED, () -> right.putIfAbsent(key, content, call), e -> {
                            right.putIfAbsent(key, content, call);
                            throw e;
                        }));
        MUTANTS.stat(
                "SPI-76 finds nothing when asked for patience",
                (right, key, call) -> when(ErrorKind.THROTTLED, () -> right.stat(key, call), e -> Optional.empty()));
        MUTANTS.list(
                "SPI-76 looks empty when asked for patience",
                (right, prefix, after, call) -> when(
                        ErrorKind.THROTTLED,
                        () -> right.list(prefix, after, call),
                        e -> new ObjectPage(List.of(), false)));
        MUTANTS.delete(
                "SPI-76 says absent when asked for patience",
                (right, keys, call) -> when(
                        ErrorKind.THROTTLED,
                        () -> right.delete(keys, call),
                        e -> all(keys, new DeleteOutcome.Absent())));
    }

    private static void lostAnswers() {
        MUTANTS.put(
                "SPI-77 says unavailable of what it has stored",
                (right, key, content, call) ->
                        when(ErrorKind.OUTCOME_UNKNOWN, () -> right.putIfAbsent(key, content, call), e -> {
                            throw error(ErrorKind.UNAVAILABLE);
                        }));
        MUTANTS.put(
                "SPI-77 takes a lost answer for success",
                (right, key, content, call) -> when(
                        ErrorKind.OUTCOME_UNKNOWN,
                        () -> right.putIfAbsent(key, content, call),
                        e -> right.stat(key, call).orElseThrow()));
        MUTANTS.put(
                "SPI-77 writes again by itself",
                (right, key, content, call) -> when(
                        ErrorKind.OUTCOME_UNKNOWN,
                        () -> right.putIfAbsent(key, content, call),
                        e -> right.putIfAbsent(key, content, call)));
        MUTANTS.put(
                "SPI-77 takes what is there for its own when asked again",
                (right, key, content, call) -> when(
                        ErrorKind.ALREADY_EXISTS,
                        () -> right.putIfAbsent(key, content, call),
                        e -> right.stat(key, call).orElseThrow()));
        MUTANTS.delete(
                "SPI-78 says unavailable of what it has deleted",
                (right, keys, call) -> lost(right, keys, call, () -> {
                    throw error(ErrorKind.UNAVAILABLE);
                }));
        MUTANTS.delete(
                "SPI-78 takes a lost answer for a deletion",
                (right, keys, call) -> lost(right, keys, call, () -> all(keys, new DeleteOutcome.Deleted())));
        MUTANTS.delete(
                "SPI-78 deletes again by itself",
                (right, keys, call) -> lost(right, keys, call, () -> right.delete(keys, call)));
    }

    private static Map<ObjectKey, DeleteOutcome> lost(
            ObjectStore right,
            List<ObjectKey> keys,
            CallContext call,
            Supplier<Map<ObjectKey, DeleteOutcome>> instead) {
        return when(ErrorKind.OUTCOME_UNKNOWN, () -> right.delete(keys, call), e -> instead.get());
    }

    static Map<ObjectKey, DeleteOutcome> all(List<ObjectKey> keys, DeleteOutcome outcome) {
        Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>();
        keys.forEach(key -> outcomes.put(key, outcome));
        return outcomes;
    }

    /** What is done when a call fails so. */
    interface Instead<T> {
        T of(ProviderException e);
    }

    static <T> T when(ErrorKind kind, Supplier<T> call, Instead<T> instead) {
        try {
            return call.get();
        } catch (ProviderException e) {
            if (e.kind() != kind) {
                throw e;
            }
            return instead.of(e);
        }
    }
}
