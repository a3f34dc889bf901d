package io.parix.backup.provider.local;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, by a walk in the order of keys.
 *
 * <p>The order is that of whole keys, in which {@code a-b} and {@code a.b} come before {@code a/b} and {@code a0} after it;
 * so a directory sorts as its name with a {@code /}. Of a directory with any number of names only as many are held as a
 * page has room for, the smallest; it is read again for the next ones.
 */
final class LocalListing {
    /** One more than a page, to tell whether there is more. */
    private static final int WANTED = ObjectStore.MAX_PAGE + 1;

    private final LocalTree tree;
    private final String after;
    private final Deadline deadline;
    private final List<StoredObject> found = new ArrayList<>();

    LocalListing(LocalTree tree, @Nullable ObjectKey after, Deadline deadline) {
        this.tree = tree;
        this.after = after == null ? "" : after.value();
        this.deadline = deadline;
    }

    ObjectPage page(KeyPrefix prefix) throws IOException {
        if (prefix.value().isEmpty()) {
            walk("");
        } else if (tree.find(prefix.value())
                .filter(BasicFileAttributes::isDirectory)
                .isPresent()) {
            walk(prefix.value() + "/");
        }
        boolean more = found.size() > ObjectStore.MAX_PAGE;
        return new ObjectPage(more ? found.subList(0, ObjectStore.MAX_PAGE) : found, more);
    }

    /** Takes what lies in a directory into the page; {@code folder} is what its keys begin with. */
    private void walk(String folder) throws IOException {
        String passed = "";
        boolean mayHaveMore = true;
        while (mayHaveMore && found.size() < WANTED) {
            int room = WANTED - found.size();
            NavigableSet<String> names = smallest(folder, passed, room);
            for (String name : names) {
                take(folder + name);
            }
            mayHaveMore = names.size() == room;
            passed = mayHaveMore ? names.last() : passed;
        }
    }

    private void take(String key) throws IOException {
        if (found.size() == WANTED) {
            return;
        }
        if (key.endsWith("/")) {
            walk(key);
            return;
        }
        BasicFileAttributes file = tree.look(tree.resolve(key));
        if (file != null && file.isRegularFile()) {
            found.add(LocalObjectStore.describe(new ObjectKey(key), file));
        }
    }

    /** Returns the smallest names after {@code passed} that may have a part in the page, directories with a slash. */
    private NavigableSet<String> smallest(String folder, String passed, int most) throws IOException {
        NavigableSet<String> smallest = new TreeSet<>();
        try (DirectoryStream<Path> names = tree.view().names(tree.resolve(folder))) {
            for (Path path : names) {
                deadline.check();
                String name = String.valueOf(path.getFileName());
                if (smallest.size() == most && name.compareTo(smallest.last()) > 0) {
                    continue;
                }
                String sorted = sortName(folder, name, path);
                if (sorted.compareTo(passed) > 0) {
                    smallest.add(sorted);
                }
                if (smallest.size() > most) {
                    smallest.pollLast();
                }
            }
        } catch (NoSuchFileException e) {
            return new TreeSet<>();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return smallest;
    }

    /**
     * Returns what a name sorts by, or nothing where it has no part in the listing: it is no key (what starts with a dot,
     * {@code lost+found}), lies before the start, or has just gone. The type is asked for last, since it costs a call.
     */
    private String sortName(String folder, String name, Path path) throws IOException {
        String asFolder = folder + name + "/";
        boolean reaches = asFolder.compareTo(after) > 0 || after.startsWith(asFolder);
        BasicFileAttributes type = reaches && isKey(folder + name) ? tree.look(path) : null;
        if (type == null) {
            return "";
        }
        if (type.isDirectory()) {
            return name + "/";
        }
        return (folder + name).compareTo(after) > 0 ? name : "";
    }

    private static boolean isKey(String value) {
        try {
            return !new ObjectKey(value).value().isEmpty();
        } catch (InvalidRequestException e) {
            return false;
        }
    }
}
