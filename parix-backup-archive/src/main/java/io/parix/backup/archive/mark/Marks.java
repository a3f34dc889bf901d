package io.parix.backup.archive.mark;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The marks of a place, {@code <prefix>/parix-installation-<epoch>.json}. Safe for concurrent calls. */
public final class Marks {
    private static final String STEM = "parix-installation-";
    private static final Pattern NAME = Pattern.compile(STEM + "([1-9][0-9]{0,8})\\.json");

    private final ObjectStore store;
    private final KeyPrefix prefix;
    private final CallContext call;

    /**
     * The marks of a place.
     *
     * @param store holds the objects
     * @param prefix what every key of the place begins with
     * @param call timeout, cancellation, job
     */
    public Marks(ObjectStore store, KeyPrefix prefix, CallContext call) {
        this.store = store;
        this.prefix = prefix;
        this.call = call;
    }

    /**
     * Tells whether a key is that of a mark.
     *
     * @param key any key of the place
     * @return whether it is
     */
    public boolean isMark(ObjectKey key) {
        return epoch(key).isPresent();
    }

    /**
     * Reads all marks.
     *
     * @return in order of epoch; empty where nobody has written yet
     * @throws FailedException {@link ErrorCode#OBJECT_CORRUPT} or {@link ErrorCode#FORMAT_UNKNOWN}, naming the object
     * @throws ProviderException as the store answers
     */
    public List<Mark> all() {
        return marks().stream().map(this::read).toList();
    }

    /**
     * Reads the mark of the highest epoch: of whoever writes here now.
     *
     * @return the mark, or empty where nobody has written yet
     * @throws FailedException as {@link #all}
     * @throws ProviderException as the store answers
     */
    public Optional<Mark> last() {
        return newest().map(this::read);
    }

    /**
     * Finds the mark of the highest epoch without reading it. A mark is written once: one that the place describes as it did when it was
     * read says what it said.
     *
     * @return the mark's object, or empty where nobody has written yet
     * @throws ProviderException as the store answers
     */
    public Optional<StoredObject> newest() {
        List<StoredObject> marks = marks();
        return marks.isEmpty() ? Optional.empty() : Optional.of(marks.get(marks.size() - 1));
    }

    /**
     * Reads a mark.
     *
     * @param mark its object, as {@link #newest} found it
     * @return what it says
     * @throws FailedException as {@link #all}
     * @throws ProviderException as the store answers
     */
    public Mark read(StoredObject mark) {
        return read(epoch(mark.key()).orElseThrow());
    }

    /**
     * Creates a mark, unless its epoch has one.
     *
     * @param mark of an epoch that follows all others
     * @return whether it is the installation's, by this call or by one before whose answer was lost; where not, somebody
     *     else was first
     * @throws ProviderException as the store answers
     */
    public boolean create(Mark mark) {
        byte[] bytes = MarkCodec.write(mark);
        try {
            store.putIfAbsent(key(mark.epoch()), ObjectContent.of(bytes), call);
            return true;
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.ALREADY_EXISTS) {
                throw e;
            }
            return read(mark.epoch()).installation().equals(mark.installation());
        }
    }

    /** In order of epoch. */
    private List<StoredObject> marks() {
        List<StoredObject> found = new ArrayList<>();
        @Nullable ObjectKey after = prefix.key(STEM + "0");
        while (after != null) {
            ObjectPage page = store.list(prefix, after, call);
            page.objects().stream().filter(object -> isMark(object.key())).forEach(found::add);
            after = next(page);
        }
        found.sort(Comparator.comparing(mark -> epoch(mark.key()).orElseThrow()));
        return found;
    }

    /** Where to go on: the marks stand together in a listing, so it ends with the first key that is past them. */
    private @Nullable ObjectKey next(ObjectPage page) {
        List<StoredObject> objects = page.objects();
        if (!page.more() || objects.isEmpty()) {
            return null;
        }
        ObjectKey last = objects.get(objects.size() - 1).key();
        ObjectKey bound = key(Mark.LAST_EPOCH);
        return last.compareTo(bound) < 0 ? last : null;
    }

    private Optional<Integer> epoch(ObjectKey key) {
        Matcher m = NAME.matcher(key.name());
        return m.matches() && key.equals(prefix.key(key.name()))
                ? Optional.of(Integer.valueOf(m.group(1)))
                : Optional.empty();
    }

    private ObjectKey key(int epoch) {
        return prefix.key(STEM + epoch + ".json");
    }

    private Mark read(int epoch) {
        return ArchiveObjects.again(() -> readOnce(epoch));
    }

    private Mark readOnce(int epoch) {
        ObjectKey key = key(epoch);
        try (InputStream in = store.get(key, null, call)) {
            byte[] bytes = in.readNBytes(MarkCodec.MAX_LENGTH + 1);
            if (bytes.length > MarkCodec.MAX_LENGTH) {
                throw new FailedException(
                        ErrorCode.OBJECT_CORRUPT,
                        "Cannot tell who writes to this place by " + key + ": it is longer than any mark. Nothing is"
                                + " written until it is put right.");
            }
            return MarkCodec.read(key.value(), epoch, bytes);
        } catch (IOException e) {
            throw new ProviderException(ErrorKind.UNAVAILABLE, "Reading " + key + " broke off: " + e.getMessage(), e);
        }
    }
}
