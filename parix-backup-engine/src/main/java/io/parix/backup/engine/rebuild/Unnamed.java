package io.parix.backup.engine.rebuild;

import io.parix.backup.ByteSize;
import io.parix.backup.archive.segment.ArchivePlace;
import io.parix.backup.archive.segment.StoredPages;
import io.parix.backup.rebuild.RebuildReport;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Counts the objects of a database that nothing names. They are told, and left as they are. For one thread, once. */
final class Unnamed {
    private final Set<ObjectKey> named;
    private final List<String> first = new ArrayList<>();
    private long count;
    private long bytes;

    Unnamed(Set<ObjectKey> named) {
        this.named = named;
    }

    RebuildReport.Unnamed in(ArchivePlace place, CallContext call) {
        new StoredPages(place.store(), call).of(place.keys().root(), page -> page.forEach(this::look));
        return new RebuildReport.Unnamed(count, new ByteSize(bytes), first);
    }

    private void look(StoredObject object) {
        if (named.contains(object.key())) {
            return;
        }
        count++;
        bytes += object.length();
        if (first.size() < RebuildReport.MOST_NAMES) {
            first.add(object.key().value());
        }
    }
}
