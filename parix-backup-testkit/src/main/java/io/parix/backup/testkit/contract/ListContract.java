package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.fill;
import static io.parix.backup.testkit.contract.Samples.key;
import static io.parix.backup.testkit.contract.Samples.keys;
import static io.parix.backup.testkit.contract.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What listing must do. */
public interface ListContract extends ObjectStoreFixture {
    @Test
    @DisplayName(
            "SPI-50 a listing is in the order of whole keys, in which '-' and '.' come before '/' and digits after")
    default void listsInOrderOfKeys() throws Exception {
        ObjectStore store = emptyStore();
        List<String> ordered = List.of(
                "B", "a-a", "a-b/c", "a.b/z", "a/b-c", "a/b.c", "a/b/c", "a/b0", "a/b_c", "a0", "aB", "a_b", "aa/0");
        List<String> mixed = new ArrayList<>(ordered);
        java.util.Collections.shuffle(mixed, new Random(1));
        mixed.forEach(k -> put(store, k, 1, 1));
        assertThat(keys(store, KeyPrefix.ROOT)).isEqualTo(ordered);
        for (String each : ordered) {
            List<String> rest = store.list(KeyPrefix.ROOT, key(each), CALL).objects().stream()
                    .map(o -> o.key().value())
                    .toList();
            assertThat(rest).as("after %s", each).isEqualTo(ordered.subList(ordered.indexOf(each) + 1, ordered.size()));
        }
    }

    @Test
    @DisplayName("SPI-51 two pages and a key come over pages, each at most the largest page, none lost and none twice")
    default void listsOverPages() throws Exception {
        ObjectStore store = emptyStore();
        // The last page has one key, which is where a wrong end shows.
        List<String> all = IntStream.rangeClosed(0, 2 * ObjectStore.MAX_PAGE)
                .mapToObj(i -> String.format("db/%d/%04d", i % 3, i))
                .sorted()
                .toList();
        fill(store, all);
        List<String> seen = new ArrayList<>();
        ObjectPage page = store.list(new KeyPrefix("db"), null, CALL);
        while (page.more()) {
            assertThat(page.objects()).hasSizeBetween(1, ObjectStore.MAX_PAGE);
            page.objects().forEach(o -> seen.add(o.key().value()));
            page = store.list(new KeyPrefix("db"), key(seen.get(seen.size() - 1)), CALL);
        }
        page.objects().forEach(o -> seen.add(o.key().value()));
        assertThat(page.objects()).hasSizeLessThanOrEqualTo(ObjectStore.MAX_PAGE);
        assertThat(seen).isEqualTo(all);
    }

    @Test
    @DisplayName("SPI-52 a listing starts after a key, which is left out and need not exist")
    default void startsAfterAKey() throws Exception {
        ObjectStore store = emptyStore();
        List.of("db/1", "db/3", "db/5", "other").forEach(k -> put(store, k, 1, 1));
        assertThat(after(store, "db/1")).containsExactly("db/3", "db/5");
        assertThat(after(store, "db/2")).containsExactly("db/3", "db/5");
        assertThat(after(store, "a")).containsExactly("db/1", "db/3", "db/5");
        assertThat(after(store, "db/5")).isEmpty();
        assertThat(after(store, "zebra")).isEmpty();
        assertThat(store.list(new KeyPrefix("db"), key("db/5"), CALL).more()).isFalse();
    }

    private static List<String> after(ObjectStore store, String key) {
        return store.list(new KeyPrefix("db"), new ObjectKey(key), CALL).objects().stream()
                .map(o -> o.key().value())
                .toList();
    }

    @Test
    @DisplayName("SPI-52 paging while others write and delete still gives every key that was there throughout, once")
    default void pagesWhileOthersWrite() throws Exception {
        ObjectStore store = emptyStore();
        List<String> stable = IntStream.range(0, 1_010)
                .mapToObj(i -> String.format("db/%04d.stable", i))
                .toList();
        fill(store, stable);
        put(store, "db/0000.gone", 1, 1);
        ObjectPage first = store.list(KeyPrefix.ROOT, null, CALL);
        store.delete(List.of(key("db/0000.gone")), CALL);
        put(store, "db/0000.before", 1, 1);
        put(store, "db/1009.within", 1, 1);
        put(store, "later", 1, 1);
        ObjectKey last = first.objects().get(first.objects().size() - 1).key();
        ObjectPage second = store.list(KeyPrefix.ROOT, last, CALL);
        List<String> seen = new ArrayList<>();
        first.objects().forEach(o -> seen.add(o.key().value()));
        second.objects().forEach(o -> seen.add(o.key().value()));
        assertThat(seen).doesNotHaveDuplicates().containsAll(stable).contains("db/1009.within", "later");
        assertThat(seen).doesNotContain("db/0000.before");
    }

    @Test
    @DisplayName("SPI-53 a prefix is whole segments: 1 has nothing of 10, 102 or 1-2")
    default void keepsSiblingsApart() throws Exception {
        ObjectStore store = emptyStore();
        List.of("db/1/a", "db/1/b/c", "db/10/a", "db/102/a", "db/1-2/a", "db/1.x", "db2/1/a")
                .forEach(k -> put(store, k, 1, 1));
        assertThat(keys(store, new KeyPrefix("db/1"))).containsExactly("db/1/a", "db/1/b/c");
        assertThat(keys(store, new KeyPrefix("db/10"))).containsExactly("db/10/a");
        assertThat(keys(store, new KeyPrefix("db"))).hasSize(6);
        assertThat(keys(store, KeyPrefix.ROOT)).hasSize(7);
    }

    @Test
    @DisplayName("SPI-54 a folder that is not there, and one that is an object, are empty and have no more")
    default void findsStrangeFoldersEmpty() throws Exception {
        ObjectStore store = emptyStore();
        assertThat(store.list(KeyPrefix.ROOT, null, CALL)).isEqualTo(new ObjectPage(List.of(), false));
        put(store, "db/object", 1, 1);
        for (String folder : List.of("other", "db/object", "db/object/below", "d", "db/obj")) {
            assertThat(store.list(new KeyPrefix(folder), null, CALL))
                    .as(folder)
                    .isEqualTo(new ObjectPage(List.of(), false));
        }
    }

    @Test
    @DisplayName("SPI-50 300 random keys are listed as a sorted set has them, from the start and from any key")
    default void agreesWithASortedSet() throws Exception {
        ObjectStore store = emptyStore();
        Random random = new Random(42);
        TreeSet<String> oracle = new TreeSet<>();
        while (oracle.size() < 300) {
            String key = "k" + random.nextInt(3) + segment(random) + "/" + segment(random) + "/" + segment(random);
            oracle.add(key);
        }
        fill(store, List.copyOf(oracle));
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactlyElementsOf(oracle);
        for (int i = 0; i < 30; i++) {
            String from = "k" + random.nextInt(3) + segment(random) + "/" + segment(random);
            List<String> page = store.list(KeyPrefix.ROOT, key(from), CALL).objects().stream()
                    .map(o -> o.key().value())
                    .toList();
            assertThat(page).as("after %s", from).containsExactlyElementsOf(oracle.tailSet(from, false));
        }
    }

    private static String segment(Random random) {
        String alphabet = "aA0.-_";
        StringBuilder segment = new StringBuilder("x");
        for (int i = random.nextInt(4); i > 0; i--) {
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            segment.append(c == '.' && segment.charAt(segment.length() - 1) == '.' ? '0' : c);
        }
        return segment.toString();
    }
}
