package io.parix.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.archive.export.Exported;
import io.parix.backup.archive.manifest.AttemptKey;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.spi.ObjectKey;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C13: exports that would share with a backup whose key cannot be had now. */
class SealedBaseTest {
    @TempDir
    private Path spool;

    private final TestStore store = new TestStore();
    private final TestKeys keys = new TestKeys();
    private final Set<String> disabled = new HashSet<>();
    private final TestImage one = TestImage.random(1, 300);
    private final TestImage two = one.withChunk(60, 9);

    /** A ring that refuses single keys, with words that are nobody's business. */
    private final KeyPort port = new KeyPort() {
        @Override
        public Optional<DataKey> fresh(DatabaseId database) {
            return keys.fresh(database);
        }

        @Override
        public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
            if (disabled.contains(wrapped.id())) {
                throw new IllegalStateException("account xyzzy: pending deletion");
            }
            return keys.open(database, wrapped);
        }
    };

    private Archives archives() {
        return new Archives(store, spool, port);
    }

    private void assertUnshared(String backup, Manifest base, Exported exported, String key) {
        assertThat(exported.base().checks()).singleElement().satisfies(check -> {
            assertThat(check.code()).isEqualTo("base-key-unavailable");
            assertThat(check.rule()).isEqualTo("C13");
            assertThat(check.outcome()).isEqualTo(Check.Outcome.WARN);
            assertThat(check.sentence()).contains(base.backup().value(), key).doesNotContain("xyzzy");
        });
        assertThat(exported.segments())
                .allMatch(use -> use.segment().object().name().startsWith("segments/" + backup + "/"));
        assertThat(exported.keys()).extracting(AttemptKey::attempt).containsExactly(backup + "/0000000000000000007");
        Manifest made = Archives.manifest(backup, exported);
        assertThat(archives().restore(made).get(0).bytes()).isEqualTo(one.bytes());
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    @DisplayName("C13 C12 a base whose key cannot be had now is warned of, and everything is stored anew")
    void ownKey() {
        Manifest base = archives().back("b-1", null, List.of(one));
        keys.rotateTo("key-2");
        disabled.add("key-1");
        assertUnshared("b-2", base, archives().export("b-2", base, List.of(one)), "key-1");
        disabled.clear();
        assertThat(archives().restore(base).get(0).bytes()).isEqualTo(one.bytes());
    }

    @Test
    @DisplayName(
            "C13 C12 a base that needs a key of an earlier backup, which cannot be had now, is shared with no more")
    void keyOfWhatIsShared() {
        Manifest old = archives().back("b-1", null, List.of(one));
        keys.rotateTo("key-2");
        Manifest base = archives().back("b-2", old, List.of(two));
        disabled.add("key-1");
        assertUnshared("b-3", base, archives().export("b-3", base, List.of(one)), "key-1");
    }

    @Test
    @DisplayName(
            "C13 C12 where one replica's index of a base is lost, and the key of another's cannot be had, both are told")
    void damageBeside() {
        Manifest base = archives().back("b-1", null, List.of(one, two));
        keys.rotateTo("key-2");
        ObjectKey first = store.keys().stream()
                .filter(key -> key.value().endsWith("-replica-0.idx"))
                .findFirst()
                .orElseThrow();
        store.lose(first);
        disabled.add("key-1");
        Exported exported = archives().export("b-2", base, List.of(one, two));
        assertThat(exported.base().checks())
                .extracting(Check::code)
                .containsExactly("base-object-missing", "base-key-unavailable");
    }
}
