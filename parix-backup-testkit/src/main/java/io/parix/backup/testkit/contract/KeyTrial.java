package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key port under test, and data keys of its databases. */
final class KeyTrial {
    /** So much of a secret is found where it should not be; less may be there by chance. */
    private static final int TELLING = DataKey.LENGTH / 2;

    private final KeyPortFixture fixture;
    final KeyPort port;

    private KeyTrial(KeyPortFixture fixture, KeyPort port) {
        this.fixture = fixture;
        this.port = port;
    }

    static KeyTrial of(KeyPortFixture fixture) throws Exception {
        return new KeyTrial(fixture, fixture.keys());
    }

    DataKey fresh() {
        return fresh(port, fixture.database());
    }

    static DataKey fresh(KeyPort asked, DatabaseId database) {
        Optional<DataKey> made = asked.fresh(database);
        assertThat(made)
                .as("a data key of %s, whose exports are sealed", database)
                .isPresent();
        return made.orElseThrow();
    }

    KeyPort another() throws Exception {
        Optional<KeyPort> again = fixture.again(port);
        assumeTrue(again.isPresent(), "not verified: the fixture cannot open the port as another process");
        return again.get();
    }

    /** The port, and the same in another process where the fixture has one. */
    List<KeyPort> processes() throws Exception {
        List<KeyPort> all = new ArrayList<>(List.of(port));
        fixture.again(port).ifPresent(all::add);
        return all;
    }

    void rotate() throws Exception {
        assumeTrue(fixture.rotate(port), "not verified: the fixture cannot rotate keys");
    }

    void lose(DataKey key) throws Exception {
        assumeTrue(fixture.lose(port, key.wrapped().id()), "not verified: the fixture cannot destroy a key");
    }

    void cutOff() throws Exception {
        assumeTrue(fixture.unreachable(port), "not verified: the fixture cannot put keys out of reach");
    }

    void assertOpens(KeyPort asked, DataKey key) {
        Optional<DataKey> opened = asked.open(fixture.database(), key.wrapped());
        assertThat(opened).as("what opens %s", key.wrapped().id()).isPresent();
        assertThat(opened.orElseThrow().wrapped()).isEqualTo(key.wrapped());
        assertThat(secret(opened.orElseThrow()))
                .as("the secret of the data key under %s", key.wrapped().id())
                .isEqualTo(secret(key));
    }

    /**
     * Asks for what must not be had.
     *
     * @return what it was refused by, or nothing where the answer was empty
     */
    static @Nullable RuntimeException refused(KeyPort asked, DatabaseId database, WrappedKey wrapped) {
        Optional<DataKey> opened;
        try {
            opened = asked.open(database, wrapped);
        } catch (RuntimeException e) {
            return e;
        }
        assertThat(opened).as("what opens %s for %s", wrapped, database).isEmpty();
        return null;
    }

    /** What a port has not wrapped, made of what it has. */
    static List<WrappedKey> forged(WrappedKey right) {
        byte[] bytes = right.bytes();
        int length = bytes.length;
        List<WrappedKey> forged = new ArrayList<>();
        for (int eighth = 0; eighth <= 8; eighth++) {
            byte[] flipped = bytes.clone();
            flipped[(length - 1) * eighth / 8] ^= (byte) (1 << eighth % 8);
            forged.add(WrappedKey.of(right.id(), flipped));
        }
        for (int kept : new int[] {1, length / 2, length - 1}) {
            if (kept > 0 && kept < length) {
                forged.add(WrappedKey.of(right.id(), Arrays.copyOf(bytes, kept)));
            }
        }
        if (length < WrappedKey.MAX_LENGTH) {
            forged.add(WrappedKey.of(right.id(), Arrays.copyOf(bytes, length + 1)));
        }
        forged.add(new WrappedKey("a-key-that-never-was", right.wrapped()));
        return forged;
    }

    /** A secret as text, to be compared. */
    static String secret(DataKey key) {
        return HexFormat.of().formatHex(key.secret().getEncoded());
    }

    /** Whether bytes hold a half of a secret. */
    static boolean holds(byte[] bytes, DataKey key) {
        String all = HexFormat.of().formatHex(bytes);
        return halves(key).stream().anyMatch(half -> all.contains(HexFormat.of().formatHex(half)));
    }

    /** Whether a text shows a half of a secret, in any way in which bytes are written. */
    static boolean shows(String text, DataKey key) {
        String low = text.toLowerCase(Locale.ROOT);
        boolean inWords = halves(key).stream().anyMatch(half -> {
            String numbers = Arrays.toString(half);
            return low.contains(HexFormat.of().formatHex(half))
                    || text.contains(numbers.substring(1, numbers.length() - 1));
        });
        byte[] secret = key.secret().getEncoded();
        return inWords
                || text.contains(Base64.getEncoder().withoutPadding().encodeToString(secret))
                || text.contains(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    private static List<byte[]> halves(DataKey key) {
        byte[] secret = key.secret().getEncoded();
        return List.of(Arrays.copyOf(secret, TELLING), Arrays.copyOfRange(secret, TELLING, secret.length));
    }

    /** All that an exception says, with its causes. */
    static String said(@Nullable Throwable thrown) {
        StringBuilder said = new StringBuilder();
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            said.append(each).append('\n');
            for (Throwable suppressed : each.getSuppressed()) {
                said.append(suppressed).append('\n');
            }
        }
        return said.toString();
    }
}
