package io.parix.backup.archive.manifest;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Unsigned LEB128, and signed numbers folded into it so that small ones are short. */
final class Varint {
    static final int MAX_LENGTH = 10;

    private Varint() {}

    static void write(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static void writeSigned(ByteBuffer out, long value) {
        write(out, (value << 1) ^ (value >> 63));
    }

    /** Raises {@link BufferUnderflowException} when the bytes end, and IllegalArgumentException beyond 64 bits. */
    static long read(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has more than 64 bits");
    }

    static long readSigned(ByteBuffer in) {
        long folded = read(in);
        return (folded >>> 1) ^ -(folded & 1);
    }
}
