package io.parix.backup.testkit.datafile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers put into arrays, and numbers made from a seed. */
final class Words {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    static void u64(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    static void u32(byte[] bytes, int offset, long value) {
        INT.set(bytes, offset, (int) value);
    }

    /** The mixing function of SplitMix64: the same seed gives the same numbers everywhere, at any place, in any order. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
