package io.parix.backup.spi;

import java.util.List;

/**
 * One page of a listing.
 *
 * @param objects in ascending order of key
 * @param more whether keys after the last one may follow; an empty page has none
 */
public record ObjectPage(List<StoredObject> objects, boolean more) {
    /** Copies the list. */
    public ObjectPage {
        objects = List.copyOf(objects);
    }
}
