package io.parix.backup.engine.doctor;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ErrorKind.Reaction;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * One object more than a page of a listing, and than one deletion, may have: below that nothing shows whether a place goes on after a page. All
 * are a few bytes, lie side by side, and are only written where they can be removed. For one thread, once.
 */
final class Crowd {
    static final int SIZE = ObjectStore.MAX_PAGE + 1;
    private static final int BYTES = 8;
    /** Of so many writes one may fail in a place where all is well. */
    private static final int TRIES = 3;

    private final Ground ground;
    private final RunKeys keys;
    private final Once<List<ObjectKey>> members = new Once<>(this::write);

    Crowd(Ground ground) {
        this.ground = ground;
        this.keys = ground.keys();
    }

    /** Their keys in order, all of them written. */
    List<ObjectKey> members() {
        return members.get();
    }

    private List<ObjectKey> write() {
        List<ObjectKey> all = IntStream.range(0, SIZE).mapToObj(keys::member).toList();
        AtomicInteger next = new AtomicInteger();
        Callable<Integer> writer = () -> {
            int written = 0;
            for (int i = next.getAndIncrement(); i < SIZE && !isInterrupted(); i = next.getAndIncrement()) {
                try {
                    put(all.get(i));
                } catch (RuntimeException e) {
                    // The others need not go on either.
                    next.set(SIZE);
                    throw e;
                }
                written++;
            }
            return written;
        };
        var unused = new AtOnce("The writing of " + SIZE + " objects").run(Collections.nCopies(AtOnce.THREADS, writer));
        return all;
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    private void put(ObjectKey key) {
        ObjectContent content = ObjectContent.of(ground.bytes(key.value(), BYTES));
        for (int tries = 1; ; tries++) {
            try {
                ground.put(key, content);
                return;
            } catch (ProviderException e) {
                if (tries > 1 && e.kind() == ErrorKind.ALREADY_EXISTS) {
                    // The one before was written, and only its answer was lost.
                    return;
                }
                if (e.kind().reaction() != Reaction.RETRY || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Lists them page by page, notes what is wrong with it, and tells how many pages it took. */
    int list(Wrongs wrongs) {
        Set<ObjectKey> missing = new HashSet<>(members());
        List<ObjectKey> again = new ArrayList<>();
        ObjectKey last = keys.beforeMembers();
        int pages = 0;
        boolean more = true;
        while (more) {
            ObjectPage page = ground.store().list(keys.crowd(), last, ground.call());
            List<ObjectKey> shown =
                    page.objects().stream().map(StoredObject::key).toList();
            pages++;
            wrongs.hold(shown.size() <= ObjectStore.MAX_PAGE, "a page has " + shown.size() + " objects");
            shown.stream()
                    .filter(each -> keys.isMine(each) && !missing.remove(each))
                    .forEach(again::add);
            boolean further = !shown.isEmpty() && shown.get(shown.size() - 1).compareTo(last) > 0;
            wrongs.hold(further || !page.more(), "a page says that there is more, and leads no further");
            more = further && page.more() && keys.isMine(shown.get(shown.size() - 1));
            last = further ? shown.get(shown.size() - 1) : last;
        }
        wrongs.hold(missing.isEmpty(), missing.size() + " of " + SIZE + " objects are not listed");
        wrongs.hold(again.isEmpty(), again.size() + " objects are listed more than once");
        return pages;
    }
}
