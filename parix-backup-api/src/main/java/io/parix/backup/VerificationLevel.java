package io.parix.backup;

/** How far a backup has been verified (spec C10), weakest first. */
public enum VerificationLevel {
    /** Every object was confirmed by the store's own checksum when it was written, and the manifest is committed. */
    WRITTEN("written", 0),
    /** Every byte was fetched again and its checksum compared. */
    READ_BACK("read-back", 1),
    /** Every block that the checkpoint needs, and the log after it, is there with true TigerBeetle checksums. */
    DATABASE_CHECKED("database-checked", 2),
    /** It was restored into a scratch place. */
    DRILLED("drilled", 3);

    private final String code;
    private final int rank;

    VerificationLevel(String code, int rank) {
        this.code = code;
        this.rank = rank;
    }

    /** {@return the stable text of this level, as stored} */
    public String code() {
        return code;
    }

    /**
     * Compares by strength.
     *
     * @param other another level
     * @return whether this level proves at least what {@code other} proves
     */
    public boolean atLeast(VerificationLevel other) {
        return rank >= other.rank;
    }
}
