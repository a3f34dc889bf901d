package io.parix.backup.archive.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.TestKeys;
import io.parix.backup.spi.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private static final int PAGE = 65_536;
    private static final String NAME = "segments/b-1/0000000000000000007-0000000000.seg";

    private final Seal seal = new Seal("key-1", TestKeys.key("key-1", 1));

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] sealed(byte[] plain) {
        byte[] room = Arrays.copyOf(plain, (int) Seal.sealedLength(plain.length));
        assertThat(seal.seal(NAME, room, plain.length)).isEqualTo(room.length);
        return room;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, 3 * PAGE + 77})
    @DisplayName("C13 an object of any length is sealed in place and opens as it was")
    void opens(int length) {
        byte[] plain = noise(length);
        byte[] sealed = sealed(plain);
        assertThat(Seal.length(sealed.length)).isEqualTo(length);
        assertThat(Seal.capacity(sealed.length)).isEqualTo(length);
        assertThat(seal.open(NAME, sealed, sealed.length)).isEqualTo(length);
        assertThat(Arrays.copyOf(sealed, length)).isEqualTo(plain);
    }

    @Test
    @DisplayName("C13 no object has a length that nothing sealed has")
    void lengths() {
        for (int bad : List.of(0, 1, 16, 17, 32, 16 + PAGE + 16 + 1, 16 + PAGE + 16 + 16)) {
            assertThat(Seal.length(bad)).as("%s", bad).isLessThanOrEqualTo(0);
        }
        for (int length = 1; length < 3 * PAGE; length += 997) {
            assertThat(Seal.length(Seal.sealedLength(length))).isEqualTo(length);
        }
    }

    @Test
    @DisplayName("C13 the most that fits into some room is sealed to not more than it")
    void capacity() {
        for (int room = 64 << 10; room < 4 * PAGE; room += 1_009) {
            long most = Seal.capacity(room);
            assertThat(Seal.sealedLength(most)).isLessThanOrEqualTo(room);
            assertThat(Seal.sealedLength(most + 1)).isGreaterThan(room);
        }
    }

    @Test
    @DisplayName("C4 C13 one bit anywhere in a sealed object, and it does not open")
    void flipped() {
        byte[] sealed = sealed(noise(PAGE + 40));
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            int at = 16 + random.nextInt(sealed.length - 16);
            byte[] changed = sealed.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(seal.open(NAME, changed, changed.length))
                    .as("byte %s", at)
                    .isZero();
        }
    }

    @Test
    @DisplayName("C4 C13 one bit anywhere in the header of a sealed object is damage, or a version that is not known")
    void flippedHeader() {
        byte[] sealed = sealed(noise(40));
        for (int bit = 0; bit < 8 * 16; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            boolean newer = bit > 64 && bit < 95;
            assertThat(refused(changed))
                    .as("bit %s", bit)
                    .isEqualTo(newer ? ErrorCode.FORMAT_UNKNOWN : ErrorCode.OBJECT_CORRUPT);
        }
    }

    @Test
    @DisplayName("C13 what has no length that something sealed has is damage, and names the object")
    void wrongLength() {
        byte[] sealed = sealed(noise(PAGE + 40));
        for (int length : List.of(0, 15, 16, 32, 16 + PAGE + 16 + 16)) {
            assertThat(refused(Arrays.copyOf(sealed, length))).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        }
    }

    private ErrorCode refused(byte[] bytes) {
        FailedException e = catchThrowableOfType(FailedException.class, () -> seal.open(NAME, bytes, bytes.length));
        assertThat(e).hasMessageContaining(NAME);
        return e.code();
    }

    @Test
    @DisplayName(
            "C13 an object does not open under another name, another key, cut at a page, or with pages that changed places")
    void moved() {
        byte[] sealed = sealed(noise(3 * PAGE));
        int page = PAGE + 16;
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 16, swapped, 16 + page, page);
        System.arraycopy(sealed, 16 + page, swapped, 16, page);
        assertThat(seal.open(NAME, swapped, swapped.length)).isZero();
        assertThat(seal.open(NAME, sealed.clone(), 16 + 2 * page)).isZero();
        assertThat(seal.open(NAME.replace("b-1", "b-2"), sealed.clone(), sealed.length))
                .isZero();
        assertThat(new Seal("key-1", TestKeys.key("key-1", 2)).open(NAME, sealed.clone(), sealed.length))
                .isZero();
        assertThat(seal.open(NAME, sealed, sealed.length)).isEqualTo(3 * PAGE);
    }

    @Test
    @DisplayName("C13 any span opens alone, from the pages that hold it")
    void spans() {
        byte[] plain = noise(3 * PAGE + 100);
        byte[] sealed = sealed(plain);
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(plain.length);
            ByteRange span = new ByteRange(from, 1 + random.nextInt(plain.length - from));
            ByteRange pages = Seal.pages(span, sealed.length);
            byte[] stored = Arrays.copyOfRange(sealed, (int) pages.offset(), (int) pages.end());
            assertThat(seal.open(NAME, stored.clone(), span, sealed.length))
                    .hasValue(Arrays.copyOfRange(plain, from, (int) span.end()));
            stored[random.nextInt(stored.length)] ^= 4;
            assertThat(seal.open(NAME, stored, span, sealed.length)).isEmpty();
        }
    }

    @Test
    @DisplayName("C13 a sealed object is what docs/formats/archive-v1.md says, made with nothing but the JDK")
    void asDocumented() throws GeneralSecurityException {
        byte[] plain = noise(PAGE + 5);
        byte[] sealed = sealed(plain);
        byte[] secret = ByteBuffer.allocate(32).putInt(1).array();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "any"));
        byte[] key = mac.doFinal(("parix object 1\0" + NAME).getBytes(StandardCharsets.UTF_8));
        byte[] header = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("PARIXAES".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(PAGE)
                .array();
        ByteBuffer expected = ByteBuffer.allocate(sealed.length).put(header);
        for (int page = 0; page < 2; page++) {
            byte[] nonce = ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(page)
                    .putInt(page)
                    .array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(header);
            expected.put(cipher.doFinal(plain, page * PAGE, page == 0 ? PAGE : 5));
        }
        assertThat(sealed).isEqualTo(expected.array());
    }

    @Test
    @DisplayName("C13 a digest in a manifest tells nothing without the key")
    void digests() {
        String digest = "ab".repeat(32);
        assertThat(seal.keyed(digest)).hasSize(64).isNotEqualTo(digest).isEqualTo(seal.keyed(digest));
        assertThat(new Seal("key-1", TestKeys.key("key-1", 2)).keyed(digest)).isNotEqualTo(seal.keyed(digest));
    }
}
