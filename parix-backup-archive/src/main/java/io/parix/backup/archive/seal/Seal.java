package io.parix.backup.archive.seal;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.host.DataKey;
import io.parix.backup.spi.ByteRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens the objects of one attempt. Each object has a key that is derived from the data key and the object's name, and each of
 * its pages a nonce that is its number, and whether it is the last: an object under another's name, pages that change places, and one that
 * was cut off at a page do not open. Safe for concurrent calls.
 */
public final class Seal {
    private static final String HMAC = "HmacSHA256";
    private static final String OBJECT = "parix object 1";
    private static final String DIGEST = "parix digest 1";

    /** Where the header of a sealed object lies. */
    public static final ByteRange HEADER = new ByteRange(0, SealedFormat.HEADER_LENGTH);

    private final String keyId;
    private final SecretKey secret;

    Seal(String keyId, DataKey key) {
        this.keyId = keyId;
        this.secret = key.secret();
    }

    /** {@return the id of the key that wrapped its data key} */
    public String keyId() {
        return keyId;
    }

    /**
     * How long an object becomes.
     *
     * @param length its length, more than 0
     * @return its length once it is sealed
     */
    public static long sealedLength(long length) {
        return SealedFormat.sealedLength(length);
    }

    /**
     * How long an object is.
     *
     * @param sealed the length of what was stored
     * @return the length of what is in it; 0 or less where nothing that was sealed has that length
     */
    public static long length(long sealed) {
        return SealedFormat.length(sealed);
    }

    /**
     * How long an object may be.
     *
     * @param room the most that may be stored, more than 0
     * @return the most that then may be in it
     */
    public static long capacity(long room) {
        return SealedFormat.capacity(room);
    }

    /**
     * Seals an object, in place.
     *
     * @param name its name, which is part of its key
     * @param bytes hold it from 0 on, with room for {@link #sealedLength}
     * @param length its length
     * @return its length now
     */
    public int seal(String name, byte[] bytes, int length) {
        byte[] header = SealedFormat.header();
        long last = SealedFormat.pages(length) - 1;
        Pages pages = new Pages(Cipher.ENCRYPT_MODE, objectKey(name), last);
        // From the last page on: each moves towards the end, over what has moved before.
        for (long page = last; page >= 0; page--) {
            int from = (int) (page * SealedFormat.PAGE);
            int plain = Math.min(SealedFormat.PAGE, length - from);
            int sealed = pages.turn(page, ByteBuffer.wrap(bytes, from, plain));
            System.arraycopy(pages.turned(), 0, bytes, (int) SealedFormat.sealedOffset(page), sealed);
        }
        System.arraycopy(header, 0, bytes, 0, header.length);
        return (int) SealedFormat.sealedLength(length);
    }

    /**
     * Opens an object, in place.
     *
     * @param name its name
     * @param bytes hold it from 0 on
     * @param sealed its length
     * @return the length of what was in it, from 0 on; 0 where it is not what was sealed under this key and name
     * @throws FailedException {@link ErrorCode#FORMAT_UNKNOWN} where a newer release sealed it; {@link ErrorCode#OBJECT_CORRUPT} where
     *     nothing that was sealed begins so, or has that length
     */
    public int open(String name, byte[] bytes, int sealed) {
        requireHeader(name, Arrays.copyOf(bytes, Math.min(sealed, SealedFormat.HEADER_LENGTH)));
        int length = (int) SealedFormat.requireLength(name, sealed);
        long last = SealedFormat.pages(length) - 1;
        Pages pages = new Pages(Cipher.DECRYPT_MODE, objectKey(name), last);
        for (long page = 0; page <= last; page++) {
            int from = (int) SealedFormat.sealedOffset(page);
            int n = pages.turn(page, ByteBuffer.wrap(bytes, from, Math.min(SealedFormat.SEALED_PAGE, sealed - from)));
            if (n < 0) {
                return 0;
            }
            System.arraycopy(pages.turned(), 0, bytes, (int) (page * SealedFormat.PAGE), n);
        }
        return length;
    }

    /**
     * Requires that an object begins as one that this release can open.
     *
     * @param name its name
     * @param header the bytes at {@link #HEADER}, or as many of them as there are
     * @throws FailedException {@link ErrorCode#FORMAT_UNKNOWN} where a newer release sealed it; else {@link ErrorCode#OBJECT_CORRUPT}
     */
    public static void requireHeader(String name, byte[] header) {
        SealedFormat.requireHeader(name, header);
    }

    /**
     * Which pages must be had for a span of an object.
     *
     * @param span a span of what is in it, not beyond its end
     * @param sealed the object's length
     * @return a span of the object
     */
    public static ByteRange pages(ByteRange span, long sealed) {
        long from = SealedFormat.sealedOffset(span.offset() / SealedFormat.PAGE);
        long end = SealedFormat.sealedOffset(SealedFormat.pages(span.end()));
        return new ByteRange(from, Math.min(end, sealed) - from);
    }

    /**
     * Opens a span of an object.
     *
     * @param name the object's name
     * @param stored what {@link #pages} asked for
     * @param span the span of what is in it
     * @param sealed the object's length
     * @return exactly the span's bytes; empty where they are not what was sealed under this key and name
     */
    public Optional<byte[]> open(String name, byte[] stored, ByteRange span, long sealed) {
        long last = SealedFormat.pages(SealedFormat.length(sealed)) - 1;
        Pages pages = new Pages(Cipher.DECRYPT_MODE, objectKey(name), last);
        byte[] opened = new byte[(int) span.length()];
        long page = span.offset() / SealedFormat.PAGE;
        for (int at = 0; at < stored.length; at += SealedFormat.SEALED_PAGE) {
            int n = pages.turn(
                    page, ByteBuffer.wrap(stored, at, Math.min(SealedFormat.SEALED_PAGE, stored.length - at)));
            if (n < 0) {
                return Optional.empty();
            }
            long begins = page * SealedFormat.PAGE;
            int from = (int) Math.max(0, span.offset() - begins);
            int end = (int) Math.min(n, span.end() - begins);
            System.arraycopy(pages.turned(), from, opened, (int) (begins + from - span.offset()), end - from);
            page++;
        }
        return Optional.of(opened);
    }

    /**
     * Makes of the digest of a file what may stand in a manifest: whoever has the file, or another backup of it, cannot tell by it.
     *
     * @param digest of a file
     * @return 64 hexadecimal digits
     */
    public String keyed(String digest) {
        return HexFormat.of().formatHex(derived(DIGEST, digest));
    }

    private Key objectKey(String name) {
        return new SecretKeySpec(derived(OBJECT, name), "AES");
    }

    private byte[] derived(String purpose, String of) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(of.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no " + HMAC, e);
        }
    }

    /** The pages of one object, one after the other. */
    private static final class Pages {
        private static final int NONCE = 12;
        private static final int TAG_BITS = 8 * SealedFormat.TAG;

        private final int mode;
        private final Key key;
        private final long last;
        private final byte[] header = SealedFormat.header();
        private final byte[] turned = new byte[SealedFormat.SEALED_PAGE];
        private final Cipher cipher;

        Pages(int mode, Key key, long last) {
            this.mode = mode;
            this.key = key;
            this.last = last;
            try {
                this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This JDK has no AES-GCM", e);
            }
        }

        /** Encrypts or decrypts a page; returns how long it is then, or less than 0 when it is not what was encrypted. */
        int turn(long page, ByteBuffer from) {
            byte[] nonce = ByteBuffer.allocate(NONCE)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(page)
                    .putInt(page == last ? 1 : 0)
                    .array();
            try {
                cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
                cipher.updateAAD(header);
                return cipher.doFinal(from, ByteBuffer.wrap(turned));
            } catch (AEADBadTagException e) {
                return -1;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This JDK cannot encrypt with AES-256-GCM", e);
            }
        }

        byte[] turned() {
            return turned;
        }
    }
}
