package io.parix.backup.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.InvalidRequestException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedBytesTest {
    /** One object each of its own, one that all share, one that the first two share. */
    private static final Map<BackupId, Map<String, Long>> OBJECTS = Map.of(
            new BackupId("b1"), Map.of("own-1", 1L, "all", 10L, "pair", 100L),
            new BackupId("b2"), Map.of("own-2", 2L, "all", 10L, "pair", 100L),
            new BackupId("b3"), Map.of("own-3", 4L, "all", 10L));

    private static Set<BackupId> ids(String... ids) {
        return Arrays.stream(ids).map(BackupId::new).collect(Collectors.toSet());
    }

    private static long taken(String... ids) {
        return SharedBytes.union(OBJECTS, ids(ids)).bytes();
    }

    @Test
    @DisplayName("D4 what a selection takes counts each shared object once")
    void union() {
        assertThat(taken()).isZero();
        assertThat(taken("b1")).isEqualTo(111);
        assertThat(taken("b1", "b2")).isEqualTo(113);
        assertThat(taken("b1", "b2", "b3")).isEqualTo(117);
        assertThat(taken("b3", "nothing-on-record")).isEqualTo(14);
    }

    @Test
    @DisplayName("H4 H9 removing backups frees what no backup that stays needs, and all of it once the last goes")
    void freed() {
        assertThat(freed(ids("b1"), ids("b2", "b3"))).isEqualTo(1);
        assertThat(freed(ids("b1", "b2"), ids("b3"))).isEqualTo(103);
        assertThat(freed(ids("b1", "b2", "b3"), ids())).isEqualTo(117);
        assertThat(freed(ids(), ids("b1"))).isZero();
        assertThat(freed(ids("b1"), ids("nothing-on-record"))).isEqualTo(111);
    }

    @Test
    @DisplayName("H9 a backup that is being removed already keeps no object")
    void leaving() {
        assertThat(freed(ids("b1"), ids("b3"))).isEqualTo(101);
    }

    private static long freed(Set<BackupId> removed, Set<BackupId> staying) {
        return SharedBytes.freed(OBJECTS, removed, staying).bytes();
    }

    @Test
    @DisplayName(
            "D4 of two sizes of one object the larger counts, a negative one is refused, a sum past all bounds is bounded")
    void strangeSizes() {
        Map<BackupId, Map<String, Long>> strange = Map.of(
                new BackupId("b1"), Map.of("a", 1L),
                new BackupId("b2"), Map.of("a", 2L),
                new BackupId("b3"), Map.of("b", Long.MAX_VALUE - 1),
                new BackupId("b4"), Map.of("c", -1L));
        BackupId small = new BackupId("b1");
        BackupId large = new BackupId("b2");
        for (List<BackupId> order : List.of(List.of(small, large), List.of(large, small))) {
            assertThat(SharedBytes.union(strange, new LinkedHashSet<>(order))).isEqualTo(new ByteSize(2));
        }
        assertThat(SharedBytes.union(strange, ids("b1", "b3"))).isEqualTo(new ByteSize(Long.MAX_VALUE));
        assertThat(SharedBytes.union(strange, ids("b2", "b3"))).isEqualTo(new ByteSize(Long.MAX_VALUE));
        assertThatThrownBy(() -> SharedBytes.union(strange, ids("b4"))).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest(name = "D4 H9 seed {0}: what goes frees exactly what the rest takes less")
    @ValueSource(longs = {1, 20260301, 9_007_199_254_740_993L})
    void addsUp(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Map<BackupId, Map<String, Long>> objects = objects(random);
            Set<BackupId> removed =
                    objects.keySet().stream().filter(id -> random.nextBoolean()).collect(Collectors.toSet());
            Set<BackupId> staying = new HashSet<>(objects.keySet());
            staying.removeAll(removed);

            long freed = SharedBytes.freed(objects, removed, staying).bytes();

            assertThat(freed)
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(SharedBytes.union(objects, objects.keySet()).bytes()
                            - SharedBytes.union(objects, staying).bytes());
        }
    }

    private static Map<BackupId, Map<String, Long>> objects(Random random) {
        Map<BackupId, Map<String, Long>> objects = new HashMap<>();
        int backups = random.nextInt(8);
        for (int b = 0; b < backups; b++) {
            Map<String, Long> needed = new HashMap<>();
            for (int o = 0; o < 10; o++) {
                if (random.nextInt(3) == 0) {
                    needed.put("o" + o, 1L << o);
                }
            }
            objects.put(new BackupId("b" + b), needed);
        }
        return objects;
    }
}
