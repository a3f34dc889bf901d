package io.parix.backup.provider.gcp;

import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds every generation of some keys, live or not, by listing from one to the next: neighbours share a page, and what lies
 * between two that are far apart is skipped. For one call.
 */
final class GenerationScan {
    /** Of an ordinary place there is one for each key. What a call does not reach is left to the next. */
    private static final int MOST = 10_000;

    private final GcpListing listing;
    private final NavigableSet<ObjectKey> wanted;
    private final List<Generation> found = new ArrayList<>();
    private @Nullable ObjectKey unreached;

    /**
     * A generation of an object.
     *
     * @param key its key
     * @param number which
     * @param held whether it is under a hold, which has no end
     * @param retained until when it is retained, or null
     */
    record Generation(
            ObjectKey key,
            long number,
            boolean held,
            @Nullable Instant retained) {}

    /**
     * Where a page begins.
     *
     * @param name the first name that is asked for
     * @param token of the page before it, by the same name; null for the first
     */
    private record From(String name, @Nullable String token) {}

    GenerationScan(GcpListing listing, NavigableSet<ObjectKey> wanted) {
        this.listing = listing;
        this.wanted = wanted;
    }

    List<Generation> found() {
        return found;
    }

    /** {@return whether all generations of a key have been found} */
    boolean hasReached(ObjectKey key) {
        return unreached == null || key.compareTo(unreached) < 0;
    }

    /** Looks for them. */
    void run(GcpCall call) {
        String prefix = common(wanted.first().value(), wanted.last().value());
        From from = new From(wanted.first().value(), null);
        while (from != null) {
            Page<Blob> page = ask(prefix, from, call);
            String reached = from.name();
            for (Blob each : page.getValues()) {
                take(each);
                reached = each.getName();
            }
            from = next(from, reached, page.getNextPageToken());
        }
    }

    private void take(Blob object) {
        Optional<ObjectKey> key = GcpListing.keyOf(object.getName()).filter(wanted::contains);
        if (key.isPresent()) {
            Long number = object.getGeneration();
            if (number == null) {
                throw wrong("a generation of " + key.get() + " has no number");
            }
            found.add(new Generation(key.get(), number, isHeld(object), retainedUntil(object)));
        }
    }

    private static boolean isHeld(Blob object) {
        return Boolean.TRUE.equals(object.getTemporaryHold()) || Boolean.TRUE.equals(object.getEventBasedHold());
    }

    /** The later of what the bucket's policy says and what the object's own configuration does. */
    private static @Nullable Instant retainedUntil(Blob object) {
        BlobInfo.Retention own = object.getRetention();
        return Stream.of(
                        Optional.ofNullable(object.getRetentionExpirationTimeOffsetDateTime()),
                        Optional.ofNullable(own).map(BlobInfo.Retention::getRetainUntilTime))
                .flatMap(Optional::stream)
                .map(OffsetDateTime::toInstant)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private @Nullable From next(From from, String reached, @Nullable String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        if (token.equals(from.token())) {
            throw wrong("it has more and does not say from where");
        }
        ObjectKey next = wanted.stream()
                .filter(key -> key.value().compareTo(reached) >= 0)
                .findFirst()
                .orElse(null);
        if (next == null) {
            return null;
        }
        if (found.size() >= MOST) {
            unreached = next;
            return null;
        }
        // A token goes with what it came from, to the letter.
        return next.value().compareTo(reached) > 0 ? new From(next.value(), null) : new From(from.name(), token);
    }

    private Page<Blob> ask(String prefix, From from, GcpCall call) {
        List<BlobListOption> asked = new ArrayList<>(List.of(
                BlobListOption.versions(true),
                BlobListOption.pageSize(ObjectStore.MAX_PAGE),
                BlobListOption.fields(
                        BlobField.NAME,
                        BlobField.GENERATION,
                        BlobField.TEMPORARY_HOLD,
                        BlobField.EVENT_BASED_HOLD,
                        BlobField.RETENTION_EXPIRATION_TIME,
                        BlobField.RETENTION),
                BlobListOption.startOffset(from.name())));
        if (!prefix.isEmpty()) {
            asked.add(BlobListOption.prefix(prefix));
        }
        return listing.ask(asked, from.token(), call);
    }

    private static String common(String first, String last) {
        int same = 0;
        while (same < Math.min(first.length(), last.length()) && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        return first.substring(0, same);
    }

    private static ProviderException wrong(String fact) {
        return new ProviderException(ErrorKind.UNAVAILABLE, "Cannot trust the listing of generations: " + fact + ".");
    }
}
