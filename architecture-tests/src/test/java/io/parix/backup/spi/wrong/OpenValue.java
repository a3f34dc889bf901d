package io.parix.backup.spi.wrong;

/** Wrong: a public class of the api that anyone may extend. */
public class OpenValue {
    /** Wrong: not a BackupException. */
    public static final class StrayException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
