package io.parix.backup.core.job;

import io.parix.backup.ByteSize;
import java.util.Arrays;

/** The exact bytes of a manifest, so that any worker puts the same object (spec C3). Immutable. */
public final class ManifestBytes {
    /** The longest manifest: lists that grow with the database live in index objects. */
    public static final ByteSize MOST = ByteSize.mebibytes(1);

    private final byte[] bytes;

    /**
     * Copies the bytes.
     *
     * @param bytes 1 byte to {@link #MOST}
     */
    public ManifestBytes(byte[] bytes) {
        Require.that(
                bytes.length > 0 && bytes.length <= MOST.bytes(),
                "manifest",
                "of " + bytes.length + " bytes",
                "it must have 1 byte to " + MOST);
        this.bytes = bytes.clone();
    }

    /** {@return a copy of the bytes} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return how many they are} */
    public ByteSize size() {
        return new ByteSize(bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "manifest of " + bytes.length + " bytes";
    }
}
