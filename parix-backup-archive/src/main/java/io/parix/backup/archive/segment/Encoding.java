package io.parix.backup.archive.segment;

/** How the bytes of a chunk lie in a segment. */
public enum Encoding {
    /** As they are. */
    RAW(0),
    /** One zstd frame. */
    ZSTD(1);

    private final int code;

    Encoding(int code) {
        this.code = code;
    }

    /** {@return the stable number of this encoding, as stored} */
    public int code() {
        return code;
    }

    /**
     * Reads a stored number.
     *
     * @param code a foreign number
     * @return the encoding
     * @throws IllegalArgumentException when there is none
     */
    public static Encoding of(int code) {
        for (Encoding e : values()) {
            if (e.code == code) {
                return e;
            }
        }
        throw new IllegalArgumentException("there is no encoding " + code);
    }
}
