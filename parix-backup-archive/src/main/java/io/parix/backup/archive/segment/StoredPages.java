package io.parix.backup.archive.segment;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole listing, page by page. Safe for concurrent calls where the store is.
 *
 * @param store what lists
 * @param call deadline, cancellation, job and purpose of each page
 */
public record StoredPages(ObjectStore store, CallContext call) {
    /**
     * Hands over every object of a folder, in order of key. A page may be deleted before the next one is asked for.
     *
     * @param folder which
     * @param each takes the objects of one page, never none
     * @throws io.parix.backup.spi.ProviderException as the store answers; what was handed over by then is not all
     */
    public void of(KeyPrefix folder, Consumer<List<StoredObject>> each) {
        @Nullable ObjectKey after = null;
        boolean more = true;
        while (more) {
            ObjectPage page = store.list(folder, after, call);
            List<StoredObject> objects = page.objects();
            if (!objects.isEmpty()) {
                each.accept(objects);
                after = objects.get(objects.size() - 1).key();
            }
            more = page.more() && !objects.isEmpty();
        }
    }
}
