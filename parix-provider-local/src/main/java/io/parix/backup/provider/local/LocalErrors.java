package io.parix.backup.provider.local;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sorts what the file system answers into the closed set of kinds. */
final class LocalErrors {
    /** How the C library words ENOSPC, EDQUOT and EFBIG; Java has no number for them. */
    private static final List<String> FULL = List.of("no space left", "quota exceeded", "file too large");

    /** How it words EROFS, EPERM and EACCES. */
    private static final List<String> DENIED =
            List.of("read-only file system", "operation not permitted", "permission denied");

    private LocalErrors() {}

    static ProviderException of(String doing, IOException e) {
        return new ProviderException(kindOf(e), message(doing, e), e);
    }

    /**
     * As {@link #of}, for a write: asks the file system for facts as well, for words may be in the machine's language.
     *
     * @param need how many bytes were to be written
     */
    static ProviderException ofWrite(String doing, IOException e, Path root, long need) {
        ErrorKind kind = kindOf(e);
        return new ProviderException(
                kind == ErrorKind.UNAVAILABLE ? kindByFacts(root, need) : kind, message(doing, e), e);
    }

    /** A hard link was refused: not a moment's trouble, but a place that cannot be used. */
    static ProviderException noLink(String doing, Exception e) {
        return new ProviderException(
                ErrorKind.INVALID_REQUEST,
                "Cannot go on " + doing + ": the root lies on a file system without hard links, or spans two ("
                        + e.getMessage() + "). Choose a root on one POSIX file system.",
                e);
    }

    /** Tells whether an error of a link means that there are no links, rather than what any other operation meets. */
    static boolean meansNoLink(FileSystemException e) {
        String reason = words(e.getReason());
        return reason.contains("operation not permitted")
                || reason.contains("not supported")
                || reason.contains("cross-device");
    }

    static ErrorKind kindOf(IOException e) {
        if (e instanceof ClosedByInterruptException || e instanceof InterruptedIOException) {
            return ErrorKind.CANCELLED;
        }
        String reason = words(e instanceof FileSystemException f ? f.getReason() : e.getMessage());
        if (e instanceof AccessDeniedException || DENIED.stream().anyMatch(reason::contains)) {
            return ErrorKind.DENIED;
        }
        return FULL.stream().anyMatch(reason::contains) ? ErrorKind.QUOTA : ErrorKind.UNAVAILABLE;
    }

    private static ErrorKind kindByFacts(Path root, long need) {
        try {
            FileStore store = Files.getFileStore(root);
            if (store.isReadOnly()) {
                return ErrorKind.DENIED;
            }
            return store.getUsableSpace() < need ? ErrorKind.QUOTA : ErrorKind.UNAVAILABLE;
        } catch (IOException e) {
            return ErrorKind.UNAVAILABLE;
        }
    }

    private static String words(@Nullable String reason) {
        return reason == null ? "" : reason.toLowerCase(Locale.ROOT);
    }

    private static String message(String doing, IOException e) {
        return "Failed " + doing + ": " + e + ".";
    }
}
