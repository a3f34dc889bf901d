package io.parix.backup.archive.datafile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * TigerBeetle's checksum: AEGIS-128L used as a MAC, with a key and nonce of zero and the bytes as associated data.
 *
 * <p>The tag of 128 bits detects damage; with a known key it does not authenticate anybody. An instance takes bytes in
 * pieces of any size and allocates nothing while it does; it is for one thread. The rounds of AES are table look-ups,
 * which is safe here because there is no secret whose timing could leak.
 */
public final class Aegis128L {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bytes absorbed at once. */
    private static final int RATE = 32;

    private static final int[] C0 = {0x02010100, 0x0d080503, 0x59372215, 0x6279e990};
    private static final int[] C1 = {0x55183ddb, 0xf12fc26d, 0x42311120, 0xdd28b573};

    // The AES round tables: SubBytes, ShiftRows and MixColumns of one byte each.
    private static final int[] T0 = new int[256];
    private static final int[] T1 = new int[256];
    private static final int[] T2 = new int[256];
    private static final int[] T3 = new int[256];

    static {
        int[] box = substitutionBox();
        for (int x = 0; x < 256; x++) {
            int s = box[x];
            int twice = (s << 1 ^ ((s & 0x80) != 0 ? 0x11b : 0)) & 0xff;
            T0[x] = twice | s << 8 | s << 16 | (s ^ twice) << 24;
            T1[x] = Integer.rotateLeft(T0[x], 8);
            T2[x] = Integer.rotateLeft(T0[x], 16);
            T3[x] = Integer.rotateLeft(T0[x], 24);
        }
    }

    /** The state before the first byte: the same always, for key and nonce are zero. */
    private static final int[] BEGINNING = beginning();

    /** Eight blocks of four little-endian words. */
    private final int[] state = new int[32];

    private final byte[] pending = new byte[RATE];
    private int pendingLength;
    private long length;

    /** Begins with no bytes taken. */
    public Aegis128L() {
        reset();
    }

    /**
     * The checksum of one span.
     *
     * @param bytes what holds it
     * @param offset where it begins
     * @param count how many bytes, 0 or more
     * @return the tag, as 16 little-endian bytes
     */
    public static UInt128 checksum(byte[] bytes, int offset, int count) {
        return new Aegis128L().update(bytes, offset, count).finish();
    }

    /**
     * The checksum of a whole array.
     *
     * @param bytes any number of bytes
     * @return the tag, as 16 little-endian bytes
     */
    public static UInt128 checksum(byte[] bytes) {
        return checksum(bytes, 0, bytes.length);
    }

    /**
     * Takes bytes.
     *
     * @param bytes what holds them
     * @param offset where they begin
     * @param count how many, 0 or more
     * @return this
     */
    public Aegis128L update(byte[] bytes, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        length += count;
        int at = offset;
        int end = offset + count;
        if (pendingLength > 0) {
            int taken = Math.min(RATE - pendingLength, count);
            System.arraycopy(bytes, at, pending, pendingLength, taken);
            pendingLength += taken;
            at += taken;
            if (pendingLength < RATE) {
                return this;
            }
            absorb(pending, 0, RATE);
            pendingLength = 0;
        }
        int whole = (end - at) / RATE * RATE;
        absorb(bytes, at, whole);
        pendingLength = end - at - whole;
        System.arraycopy(bytes, at + whole, pending, 0, pendingLength);
        return this;
    }

    /**
     * Takes what remains of a buffer, and moves its position to its limit.
     *
     * @param buffer any number of bytes
     * @return this
     */
    public Aegis128L update(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            update(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            buffer.position(buffer.limit());
            return this;
        }
        byte[] piece = new byte[Math.min(buffer.remaining(), 8192)];
        while (buffer.hasRemaining()) {
            int count = Math.min(piece.length, buffer.remaining());
            buffer.get(piece, 0, count);
            update(piece, 0, count);
        }
        return this;
    }

    /** {@return the checksum of all bytes taken; this begins anew} */
    public UInt128 finish() {
        if (pendingLength > 0) {
            Arrays.fill(pending, pendingLength, RATE, (byte) 0);
            absorb(pending, 0, RATE);
        }
        int[] s = state;
        long bits = length * 8;
        int t0 = s[8] ^ (int) bits;
        int t1 = s[9] ^ (int) (bits >>> 32);
        int t2 = s[10];
        int t3 = s[11];
        for (int i = 0; i < 7; i++) {
            round(s);
            mix(s, t0, t1, t2, t3);
            mixUpper(s, t0, t1, t2, t3);
        }
        UInt128 tag = new UInt128(tagWord(0), tagWord(2));
        reset();
        return tag;
    }

    private long tagWord(int word) {
        int low = 0;
        int high = 0;
        for (int block = 0; block < 7; block++) {
            low ^= state[4 * block + word];
            high ^= state[4 * block + word + 1];
        }
        return (low & 0xffffffffL) | (long) high << 32;
    }

    private void reset() {
        System.arraycopy(BEGINNING, 0, state, 0, state.length);
        pendingLength = 0;
        length = 0;
    }

    private static int[] beginning() {
        int[] s = new int[32];
        for (int j = 0; j < 4; j++) {
            // The eight blocks are 0, C1, C0, C1, 0, C0, C1, C0.
            s[4 + j] = C1[j];
            s[8 + j] = C0[j];
            s[12 + j] = C1[j];
            s[20 + j] = C0[j];
            s[24 + j] = C1[j];
            s[28 + j] = C0[j];
        }
        for (int i = 0; i < 10; i++) {
            round(s);
        }
        return s;
    }

    private void absorb(byte[] bytes, int offset, int count) {
        int[] s = state;
        for (int at = offset; at < offset + count; at += RATE) {
            round(s);
            mix(s, word(bytes, at), word(bytes, at + 4), word(bytes, at + 8), word(bytes, at + 12));
            mixUpper(s, word(bytes, at + 16), word(bytes, at + 20), word(bytes, at + 24), word(bytes, at + 28));
        }
    }

    private static int word(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** One AES round of every block, keyed with its successor: all from the old state, hence from the last block down. */
    private static void round(int[] s) {
        int w = s[28];
        int x = s[29];
        int y = s[30];
        int z = s[31];
        for (int i = 28; i >= 4; i -= 4) {
            keyed(s, i, s[i - 4], s[i - 3], s[i - 2], s[i - 1]);
        }
        keyed(s, 0, w, x, y, z);
    }

    private static void keyed(int[] s, int i, int a, int b, int c, int d) {
        s[i] ^= T0[a & 255] ^ T1[b >>> 8 & 255] ^ T2[c >>> 16 & 255] ^ T3[d >>> 24];
        s[i + 1] ^= T0[b & 255] ^ T1[c >>> 8 & 255] ^ T2[d >>> 16 & 255] ^ T3[a >>> 24];
        s[i + 2] ^= T0[c & 255] ^ T1[d >>> 8 & 255] ^ T2[a >>> 16 & 255] ^ T3[b >>> 24];
        s[i + 3] ^= T0[d & 255] ^ T1[a >>> 8 & 255] ^ T2[b >>> 16 & 255] ^ T3[c >>> 24];
    }

    private static void mix(int[] s, int a, int b, int c, int d) {
        s[0] ^= a;
        s[1] ^= b;
        s[2] ^= c;
        s[3] ^= d;
    }

    private static void mixUpper(int[] s, int a, int b, int c, int d) {
        s[16] ^= a;
        s[17] ^= b;
        s[18] ^= c;
        s[19] ^= d;
    }

    /** The S-box of AES, computed: the inverse in GF(2^8) followed by the affine map. */
    private static int[] substitutionBox() {
        int[] box = new int[256];
        int p = 1;
        int q = 1;
        do {
            p = (p ^ p << 1 ^ ((p & 0x80) != 0 ? 0x11b : 0)) & 0xff;
            q ^= q << 1;
            q ^= q << 2;
            q ^= q << 4;
            q &= 0xff;
            q ^= (q & 0x80) != 0 ? 9 : 0;
            box[p] = (q ^ rotate(q, 1) ^ rotate(q, 2) ^ rotate(q, 3) ^ rotate(q, 4) ^ 0x63) & 0xff;
        } while (p != 1);
        box[0] = 0x63;
        return box;
    }

    private static int rotate(int octet, int by) {
        return (octet << by | octet >>> (8 - by)) & 0xff;
    }
}
