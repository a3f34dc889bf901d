package io.parix.backup.engine.provider;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.mark.Mark;
import io.parix.backup.archive.mark.Marks;
import io.parix.backup.rebuild.Adoption;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.catalog.Catalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who writes where (spec J4): two installations that write to one place would sweep each other's work, so each marks its
 * places, and looks at the mark again whenever it takes a job up: one request, once the mark was read. Safe for concurrent calls.
 */
public final class Installations {
    private final Catalog catalog;
    private final ProviderSessions sessions;
    /** Each place's newest mark as the place described it when it was read, and was this installation's. */
    private final Map<StorageLocation, StoredObject> read = new ConcurrentHashMap<>();

    /**
     * Looks at nothing yet.
     *
     * @param catalog which installation this is
     * @param sessions opened places
     */
    public Installations(Catalog catalog, ProviderSessions sessions) {
        this.catalog = catalog;
        this.sessions = sessions;
    }

    /**
     * Refuses a place to which another installation writes; marks one to which none does.
     *
     * @param location the place
     * @param call timeout, cancellation, job
     * @throws FailedException with {@link ErrorCode#FOREIGN_INSTALLATION}
     */
    public void requireOurs(StorageLocation location, CallContext call) {
        Marks marks = marks(location, call);
        Optional<StoredObject> newest = marks.newest();
        if (newest.isPresent() && newest.get().equals(read.get(location))) {
            return;
        }
        Mark last = newest.map(marks::read).orElseGet(() -> first(marks));
        if (!isOurs(last)) {
            throw foreign(location, last);
        }
        newest.ifPresent(mark -> read.put(location, mark));
    }

    /**
     * Takes a place over.
     *
     * @param location the place
     * @param call timeout, cancellation, job
     * @return who writes there now: this installation
     * @throws FailedException with {@link ErrorCode#FOREIGN_INSTALLATION} when another one was first
     */
    public Adoption adopt(StorageLocation location, CallContext call) {
        Marks marks = marks(location, call);
        Optional<Mark> last = marks.last();
        if (last.filter(this::isOurs).isEmpty()) {
            marks.create(ours(last.map(Mark::epoch).orElse(0) + 1));
        }
        Mark now = marks.last().orElseThrow();
        if (!isOurs(now)) {
            throw foreign(location, now);
        }
        return new Adoption(now.installation(), now.epoch());
    }

    /**
     * Names the installations whose backups at a place are this one's: itself and, where it writes there now, all who did
     * before.
     *
     * @param location the place
     * @param call timeout, cancellation, job
     * @return their ids
     */
    public Set<String> lineage(StorageLocation location, CallContext call) {
        List<Mark> all = marks(location, call).all();
        Set<String> ids = new TreeSet<>(Set.of(catalog.installation()));
        if (!all.isEmpty() && isOurs(all.get(all.size() - 1))) {
            all.forEach(mark -> ids.add(mark.installation()));
        }
        return ids;
    }

    /** Of installations that come to an empty place together, one creates the mark, and the others read it. */
    private Mark first(Marks marks) {
        Mark ours = ours(1);
        return marks.create(ours) ? ours : marks.last().orElseThrow();
    }

    private Mark ours(int epoch) {
        return new Mark(catalog.installation(), epoch, catalog.now());
    }

    private boolean isOurs(Mark mark) {
        return mark.installation().equals(catalog.installation());
    }

    private Marks marks(StorageLocation location, CallContext call) {
        return new Marks(sessions.session(location).objects(), location.prefix(), call);
    }

    private FailedException foreign(StorageLocation location, Mark mark) {
        return new FailedException(
                ErrorCode.FOREIGN_INSTALLATION,
                "Cannot write to " + location + ": installation " + mark.installation() + " writes there since "
                        + mark.createdAt() + " (epoch " + mark.epoch() + "), and this is installation "
                        + catalog.installation() + ". Use another prefix; or, if that installation is gone for good or"
                        + " shall stop, call adopt(location).");
    }
}
