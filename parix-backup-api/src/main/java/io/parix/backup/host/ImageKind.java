package io.parix.backup.host;

/** What an image is (spec C7). A file that a running replica may write to is not one of the kinds. */
public enum ImageKind {
    /** The data file itself, of a replica that is stopped and stays stopped until the image is released. */
    STOPPED("stopped"),
    /** A view of an atomic snapshot of the volume. */
    ATOMIC_SNAPSHOT("atomic-snapshot"),
    /** A copy-on-write clone of the file, or of its volume. */
    CLONE("clone");

    private final String code;

    ImageKind(String code) {
        this.code = code;
    }

    /** {@return the stable text of this kind, as stored} */
    public String code() {
        return code;
    }
}
