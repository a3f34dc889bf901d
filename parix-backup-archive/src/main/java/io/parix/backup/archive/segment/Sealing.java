package io.parix.backup.archive.segment;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.seal.Keyring;
import io.parix.backup.archive.seal.Seal;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import java.util.Arrays;
import java.util.Optional;

/**
 * Seals objects as they are put, and opens them as they are read, where the attempt that their names tell has a key; the others lie in the
 * clear. Whatever needs a key that was not had before raises {@link ErrorCode#KEY_LOST} or {@link ErrorCode#KEY_UNAVAILABLE}. Safe for
 * concurrent calls.
 */
final class Sealing {
    private final Keyring ring;
    private final CallContext call;

    /**
     * Asks for no key yet.
     *
     * @param ring what objects are sealed under
     * @param call looked at before each key that is asked for
     */
    Sealing(Keyring ring, CallContext call) {
        this.ring = ring;
        this.call = call;
    }

    private Optional<Seal> of(String name) {
        return ring.of(ArchiveKeys.attemptOf(name), call);
    }

    boolean isSealed(String name) {
        return of(name).isPresent();
    }

    /** What is put of an object: sealed in its bytes, where they are long enough, and else in a copy. */
    BufferContent content(String name, byte[] bytes, int length) {
        return of(name).map(seal -> sealed(seal, name, bytes, length))
                .orElseGet(() -> new BufferContent(bytes, length));
    }

    private static BufferContent sealed(Seal seal, String name, byte[] bytes, int length) {
        int sealed = Math.toIntExact(Seal.sealedLength(length));
        byte[] room = bytes.length < sealed ? Arrays.copyOf(bytes, sealed) : bytes;
        return new BufferContent(room, seal.seal(name, room, length));
    }

    /** How long an object is, opened. */
    long length(ObjectRef ref) {
        return of(ref.name()).map(seal -> Seal.length(ref.length())).orElse(ref.length());
    }

    /** What stands in a manifest for the digest of a file whose index has this name. */
    String digest(String index, String digest) {
        return of(index).map(seal -> seal.keyed(digest)).orElse(digest);
    }

    /** Opens an object in place. Its bytes are those that were stored, so where they do not open it is the key that is wrong. */
    void open(ObjectRef ref, byte[] bytes) {
        of(ref.name()).ifPresent(seal -> {
            if (seal.open(ref.name(), bytes, (int) ref.length()) <= 0) {
                throw otherKey(ref.name());
            }
        });
    }

    /** Opens a span, from the pages that hold it; empty where they were changed, or were sealed under another key. */
    Optional<byte[]> open(ObjectRef ref, byte[] pages, ByteRange span) {
        return of(ref.name()).flatMap(seal -> seal.open(ref.name(), pages, span, ref.length()));
    }

    /** An object that is there as it was written, and does not open. */
    FailedException otherKey(String name) {
        return new FailedException(
                ErrorCode.KEY_LOST,
                "Cannot open " + name + ": it lies there as it was written, and for what was wrapped under "
                        + of(name).map(Seal::keyId).orElse("no key")
                        + " the key port gives another key than it was sealed under. Give the port the keys of that"
                        + " time.");
    }
}
