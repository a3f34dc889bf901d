package io.parix.backup.engine.doctor;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at listings. Other examinations of the same place may come and go meanwhile; their objects are left out. */
final class ListLooks {
    /** In the order of keys: what sorts before a slash, the slash, what sorts after it. */
    private static final List<String> STEMS = List.of("B-", "a-", "a.", "a/", "a0", "b/c/", "b0");

    private final Ground ground;
    private final RunKeys keys;
    private final Crowd crowd;
    private final Once<List<ObjectKey>> listed = new Once<>(this::write);

    ListLooks(Ground ground, Crowd crowd) {
        this.ground = ground;
        this.keys = ground.keys();
        this.crowd = crowd;
    }

    List<Look> looks() {
        return List.of(
                new Look(Requirement.AT_ONCE, this::atOnce),
                new Look(Requirement.ORDER, this::order),
                new Look(Requirement.AFTER, this::after),
                new Look(Requirement.SEGMENTS, this::segments),
                new Look(Requirement.NO_FOLDER, this::noFolder));
    }

    /** What takes long. */
    Look longLook() {
        return new Look(Requirement.COMPLETE, this::complete);
    }

    private List<ObjectKey> write() {
        List<ObjectKey> written = new ArrayList<>();
        for (String stem : STEMS) {
            written.add(ground.write(keys.key(stem)).key());
        }
        return written;
    }

    private Verdict atOnce() {
        ObjectKey fresh = keys.key("fresh-");
        Wrongs wrongs = new Wrongs();
        wrongs.hold(!ground.mine(keys.objects(), null).contains(fresh), "it is listed before it is written");
        ground.write(fresh);
        wrongs.hold(ground.stat(fresh).isPresent(), "what was just written is not described");
        wrongs.hold(ground.mine(keys.objects(), null).contains(fresh), "what was just written is not listed");
        if (ground.trial() instanceof DeleteOutcome.Locked locked) {
            return wrongs.or(
                    "what was just written is seen; that deletions are was not tried, for what is written here "
                            + locked.words());
        }
        ground.delete(fresh);
        wrongs.hold(ground.stat(fresh).isEmpty(), "what was just deleted is described");
        wrongs.hold(!ground.mine(keys.objects(), null).contains(fresh), "what was just deleted is listed");
        return wrongs.or("what was just written and deleted is seen so");
    }

    private Verdict order() {
        int written = listed.get().size();
        List<ObjectKey> shown = shown(null);
        Wrongs wrongs = new Wrongs();
        for (int i = 1; i < shown.size(); i++) {
            wrongs.hold(
                    shown.get(i - 1).compareTo(shown.get(i)) < 0, shown.get(i) + " comes after " + shown.get(i - 1));
        }
        return wrongs.or(shown.size() + " keys, among them " + written + " that are easily sorted wrongly");
    }

    private List<ObjectKey> shown(@Nullable ObjectKey after) {
        return ground.list(keys.objects(), after).stream()
                .map(StoredObject::key)
                .toList();
    }

    private Verdict complete() {
        List<ObjectKey> written = listed.get();
        Wrongs wrongs = new Wrongs();
        List<ObjectKey> shown = ground.mine(keys.objects(), null);
        List<ObjectKey> lost =
                written.stream().filter(each -> !shown.contains(each)).toList();
        wrongs.hold(lost.isEmpty(), "what is there is not listed: " + names(lost));
        wrongs.hold(shown.stream().distinct().count() == shown.size(), "keys are listed more than once");
        if (wrongs.any()) {
            return wrongs.or("");
        }
        Optional<String> stays = ground.stays();
        if (stays.isPresent()) {
            return new Verdict.Held("all " + written.size()
                    + " objects of a folder are listed once; that more than a page is was not tried, for what is written here "
                    + stays.get());
        }
        int pages = crowd.list(wrongs);
        return wrongs.or("all " + Crowd.SIZE + " objects of a folder are listed, each once, on " + pages + " pages");
    }

    private static String names(List<ObjectKey> keys) {
        return keys.stream().map(ObjectKey::value).collect(Collectors.joining(", "));
    }

    private Verdict after() {
        List<ObjectKey> written = listed.get();
        Wrongs wrongs = new Wrongs();
        for (int i = 0; i < written.size(); i++) {
            wrongs.hold(
                    rest(written.get(i)).equals(written.subList(i + 1, written.size())),
                    "after " + written.get(i) + " other keys follow than should");
        }
        ObjectKey between = keys.key("a/", "-nothing");
        wrongs.hold(
                rest(between).equals(written.subList(STEMS.indexOf("a0"), written.size())),
                "after a key that is not there other keys follow than should");
        return wrongs.or("after each of " + written.size() + " keys, and one that is not there, the right ones follow");
    }

    /** Of the keys that were written to be listed, those that a listing after one shows. */
    private List<ObjectKey> rest(ObjectKey from) {
        return ground.mine(keys.objects(), from).stream()
                .filter(listed.get()::contains)
                .toList();
    }

    private Verdict segments() {
        List<ObjectKey> written = listed.get();
        ObjectKey inside = written.get(STEMS.indexOf("a/"));
        KeyPrefix folder = keys.objects().folder("a");
        Wrongs wrongs = new Wrongs();
        List<ObjectKey> shown =
                ground.list(folder, null).stream().map(StoredObject::key).toList();
        List<ObjectKey> foreign =
                shown.stream().filter(each -> !folder.contains(each)).toList();
        wrongs.hold(
                foreign.isEmpty(),
                "the listing of " + folder + " shows " + names(foreign.subList(0, Math.min(foreign.size(), 3))));
        wrongs.hold(shown.contains(inside), "the listing of " + folder + " does not show " + inside);
        return wrongs.or("a folder has its own key and none of its neighbours, which begin alike");
    }

    private Verdict noFolder() {
        KeyPrefix nowhere = keys.objects().folder("nowhere-" + keys.run());
        Wrongs wrongs = new Wrongs();
        wrongs.answered("the listing of a folder that is not there", () -> {
            ObjectPage page = ground.store().list(nowhere, null, ground.call());
            wrongs.hold(page.objects().isEmpty() && !page.more(), "a folder that is not there has something");
        });
        KeyPrefix object = new KeyPrefix(ground.sample().key().value());
        if (!wrongs.any()) {
            wrongs.hold(ground.list(object, null).isEmpty(), "an object is listed as its own folder");
        }
        return wrongs.or("a folder that is not there is empty and has no more, and so is an object as a folder");
    }
}
