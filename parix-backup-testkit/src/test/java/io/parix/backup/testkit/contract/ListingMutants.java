package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.MutantParts.error;
import static io.parix.backup.testkit.contract.MutantParts.segments;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stores whose listing or deleting is wrong, each named for what it does and the requirement that it breaks. */
final class ListingMutants {
    static final StoreMutants MUTANTS = new StoreMutants();

    private ListingMutants() {}

    static {
        MUTANTS.list("SPI-26 does not list empty objects", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            return new ObjectPage(
                    page.objects().stream().filter(o -> o.length() > 0).toList(), page.more());
        });
        MUTANTS.list("SPI-43 lists without times", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            return new ObjectPage(
                    page.objects().stream()
                            .map(o -> new StoredObject(o.key(), o.length(), Instant.EPOCH, o.checksums()))
                            .toList(),
                    page.more());
        });
        MUTANTS.add("SPI-46 lists what was a moment ago", WrongStores.StaleListingStore::new);
        MUTANTS.list("SPI-50 sorts a folder before what sorts before its slash", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            List<StoredObject> sorted = new ArrayList<>(page.objects());
            sorted.sort((a, b) -> Arrays.compare(segments(a), segments(b)));
            return new ObjectPage(sorted, page.more());
        });
        MUTANTS.list("SPI-50 sorts without regard to case", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            List<StoredObject> sorted = new ArrayList<>(page.objects());
            sorted.sort((a, b) -> String.CASE_INSENSITIVE_ORDER.compare(
                    a.key().value(), b.key().value()));
            return new ObjectPage(sorted, page.more());
        });
        MUTANTS.list("SPI-51 loses the 1,001st key", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            boolean drop = after != null && page.objects().size() > 1 && page.more();
            return drop
                    ? new ObjectPage(page.objects().subList(1, page.objects().size()), true)
                    : page;
        });
        MUTANTS.list(
                "SPI-51 never has more",
                (right, prefix, after, call) ->
                        new ObjectPage(right.list(prefix, after, call).objects(), false));
        MUTANTS.list("SPI-51 gives everything in one page", (right, prefix, after, call) -> {
            List<StoredObject> all = new ArrayList<>();
            ObjectPage page = right.list(prefix, after, call);
            while (page.more()) {
                all.addAll(page.objects());
                page = right.list(prefix, all.get(all.size() - 1).key(), call);
            }
            all.addAll(page.objects());
            return new ObjectPage(all, false);
        });
        MUTANTS.list("SPI-52 begins again from the start", (right, prefix, after, call) -> {
            boolean known = after == null || right.stat(after, call).isPresent();
            return right.list(prefix, known ? after : null, call);
        });
        MUTANTS.list("SPI-52 begins with the key itself", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            List<StoredObject> objects = new ArrayList<>(page.objects());
            if (after != null && prefix.contains(after)) {
                right.stat(after, call).ifPresent(o -> objects.add(0, o));
            }
            return new ObjectPage(objects, page.more());
        });
        MUTANTS.list("SPI-53 matches a prefix by characters", (right, prefix, after, call) -> {
            ObjectPage page = right.list(KeyPrefix.ROOT, after, call);
            return new ObjectPage(
                    page.objects().stream()
                            .filter(o -> o.key().value().startsWith(prefix.value()))
                            .toList(),
                    page.more());
        });
        MUTANTS.list("SPI-54 refuses a folder that is not there", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            if (page.objects().isEmpty() && after == null) {
                throw error(ErrorKind.NOT_FOUND);
            }
            return page;
        });
        MUTANTS.list("SPI-54 lists an object as its own folder", (right, prefix, after, call) -> {
            ObjectPage page = right.list(prefix, after, call);
            Optional<StoredObject> self =
                    prefix.value().isEmpty() ? Optional.empty() : right.stat(new ObjectKey(prefix.value()), call);
            return self.isPresent() && page.objects().isEmpty() ? new ObjectPage(List.of(self.get()), false) : page;
        });
        MUTANTS.delete("SPI-60 says deleted and does nothing", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>();
            keys.forEach(k -> outcomes.put(
                    k, right.stat(k, call).isPresent() ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent()));
            right.delete(List.of(), call);
            return outcomes;
        });
        MUTANTS.delete("SPI-60 says deleted of what was not there", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>(right.delete(keys, call));
            outcomes.replaceAll((k, o) -> new DeleteOutcome.Deleted());
            return outcomes;
        });
        MUTANTS.delete("SPI-60 stops at what is absent", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>();
            right.delete(List.of(), call);
            for (ObjectKey key : keys) {
                outcomes.putAll(right.delete(List.of(key), call));
                if (outcomes.get(key) instanceof DeleteOutcome.Absent) {
                    return outcomes;
                }
            }
            return outcomes;
        });
        MUTANTS.delete("SPI-60 takes a key twice", (right, keys, call) -> {
            Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>(right.delete(keys, call));
            Set<ObjectKey> seen = new HashSet<>();
            keys.stream().filter(k -> !seen.add(k)).forEach(k -> outcomes.put(k, new DeleteOutcome.Absent()));
            return outcomes;
        });
        MUTANTS.delete("SPI-61 deletes what lies below", (right, keys, call) -> {
            for (ObjectKey key : keys) {
                List<ObjectKey> below = right.list(new KeyPrefix(key.value()), null, call).objects().stream()
                        .map(StoredObject::key)
                        .toList();
                right.delete(below, call);
            }
            return right.delete(keys, call);
        });
        MUTANTS.delete(
                "SPI-62 deletes the first thousand of more",
                (right, keys, call) ->
                        right.delete(keys.subList(0, Math.min(keys.size(), ObjectStore.MAX_DELETE)), call));
        MUTANTS.delete("SPI-62 deletes a hundred at most", (right, keys, call) -> {
            if (keys.size() > 100) {
                throw error(ErrorKind.INVALID_REQUEST);
            }
            return right.delete(keys, call);
        });
        MUTANTS.add("SPI-63 keeps a tombstone", WrongStores.TombstoneStore::new);
        MUTANTS.list(
                "SPI-70 lists for a caller that has gone",
                (right, prefix, after, call) -> right.list(
                        prefix, after, new CallContext(call.timeout(), () -> false, call.job(), call.purpose())));
        MUTANTS.list("SPI-74 looks empty when lost", (right, prefix, after, call) -> {
            try {
                return right.list(prefix, after, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.UNAVAILABLE) {
                    return new ObjectPage(List.of(), false);
                }
                throw e;
            }
        });
    }
}
