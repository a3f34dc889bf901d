package io.parix.backup.testkit.story;

import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parix.backup.Backup;
import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.fault.Damage;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadStoreTest {
    private static final String MANIFEST = "manifest.json";

    private final Story story = new Story();

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    @DisplayName(
            "A6 B3 a store that stays full fails the backup at its deadline with the store's words and keeps what was there")
    void full() {
        Backup earlier = story.backup(Story.NEIGHBOUR);
        Map<String, String> stored = story.stored();
        story.store().limitTo(story.store().used());

        Backup failed = story.backup();

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failed.failed().orElseThrow().message()).contains("the store holds no more than");
        assertThat(story.stored()).isEqualTo(stored);
        assertThat(story.verify(earlier, VerificationLevel.READ_BACK).passed()).isTrue();
        assertThat(story.faults.calls("putIfAbsent"))
                .as("a full store is not asked every second")
                .isLessThan(1_000);
    }

    @Test
    @DisplayName("B3 a store that takes no writes fails the backup with the store's words and keeps what was there")
    void readOnly() {
        story.backup(Story.NEIGHBOUR);
        Map<String, String> stored = story.stored();
        story.faults.add(fail("putIfAbsent").with(refused(ErrorKind.DENIED, "the place is read-only")));

        Backup failed = story.backup();

        assertThat(failed.failed().orElseThrow().code()).isEqualTo(ErrorCode.PROVIDER_FAILED);
        assertThat(failed.failed().orElseThrow().message()).contains("the place is read-only");
        assertThat(story.stored()).isEqualTo(stored);
    }

    /** What befalls an object. */
    private interface Blow {
        void strike(InMemoryObjectStore store, ObjectKey key);
    }

    static Stream<Arguments> blows() {
        return Stream.of(".seg", ".idx", MANIFEST)
                .flatMap(kind -> Stream.of(
                        arguments(kind, "lost", (Blow) InMemoryObjectStore::lose),
                        arguments(kind, "emptied", damage(bytes -> new byte[0])),
                        arguments(kind, "cut by a byte", damage(Damage.truncate(1))),
                        arguments(kind, "longer by a byte", damage(Damage.append(1))),
                        arguments(kind, "flipped in the first byte", damage(Damage.flip(0))),
                        arguments(kind, "flipped in the middle", damage(BadStoreTest::flipMiddle)),
                        arguments(kind, "flipped in the last byte", damage(Damage.flip(-1)))));
    }

    private static Blow damage(UnaryOperator<byte[]> change) {
        return (store, key) -> store.damage(key, change);
    }

    private static byte[] flipMiddle(byte[] bytes) {
        bytes[bytes.length / 2] ^= 1;
        return bytes;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("blows")
    @DisplayName("C4 C10 an object lost or damaged anywhere is found by reading back, by name, and ends eligibility")
    void found(String kind, String what, Blow blow) {
        Backup backup = story.backup();
        ObjectKey key = strike(kind, blow);

        Verification verification = story.verify(backup, VerificationLevel.READ_BACK);

        assertThat(verification.passed()).isFalse();
        assertThat(verification.report().failures())
                .extracting(Check::expected)
                .as(what)
                .anyMatch(name -> key.value().endsWith(name));
        assertThat(story.requestRestore(backup)).isInstanceOf(RestoreAnswer.Refused.class);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("blows")
    @DisplayName("F4 a restore of a damaged backup is refused or goes back; live files and status are as before")
    void notRestored(String kind, String what, Blow blow) {
        Backup backup = story.backup();
        story.backup(Story.NEIGHBOUR);
        ObjectKey key = strike(kind, blow);
        Map<String, String> stored = story.stored();
        List<ByteBuffer> live = story.live();

        RestoreAnswer answer = story.requestRestore(backup);

        if (answer instanceof RestoreAnswer.Accepted accepted) {
            Restore failed = story.finish(accepted);
            assertThat(failed.failed().orElseThrow().code()).as(what).isEqualTo(ErrorCode.OBJECT_CORRUPT);
            assertThat(failed.failed().orElseThrow().message()).contains(key.name());
        } else {
            assertThat(((RestoreAnswer.Refused) answer).report().failures()).isNotEmpty();
        }
        assertThat(story.live()).isEqualTo(live);
        assertThat(story.status()).isEqualTo(DatabaseStatus.ACTIVE);
        assertThat(story.host.running(Story.DATABASE)).isTrue();
        assertThat(story.stored()).isEqualTo(stored);
    }

    private ObjectKey strike(String kind, Blow blow) {
        ObjectKey key = story.store().keys().stream()
                .filter(k -> k.value().startsWith("parix/" + Story.DATABASE + "/")
                        && k.value().endsWith(kind))
                .findFirst()
                .orElseThrow();
        blow.strike(story.store(), key);
        return key;
    }
}
