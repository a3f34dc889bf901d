package io.parix.backup.archive.segment;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.seal.Keyring;
import io.parix.backup.archive.seal.Seal;
import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects written once and confirmed, and read back whole or in part, with every byte accounted for.
 *
 * <p>A missing object is {@link ErrorCode#OBJECT_MISSING}, one that is not what was written
 * {@link ErrorCode#OBJECT_CORRUPT}; everything else that a store answers surfaces as its own exception.
 */
public final class ArchiveObjects {
    private static final int STEP = 64 << 10;

    /** What a bit may look like that changed on the way, in a checksum, a version or an id. */
    private static final Set<ErrorCode> WRONG_BYTES =
            Set.of(ErrorCode.OBJECT_CORRUPT, ErrorCode.FORMAT_UNKNOWN, ErrorCode.MANIFEST_FOREIGN);

    private final ArchivePlace place;
    private final CallContext call;
    private final Sealing sealing;
    private final ObjectFaults faults;

    /**
     * The objects of a database.
     *
     * @param place where they lie
     * @param call timeout, cancellation, job, purpose
     * @param ring what those are sealed under that do not lie in the clear
     */
    public ArchiveObjects(ArchivePlace place, CallContext call, Keyring ring) {
        this.place = place;
        this.call = call;
        this.sealing = new Sealing(ring, call);
        this.faults = new ObjectFaults(place.keys());
    }

    /**
     * Creates an object, or finds it already there, and confirms it.
     *
     * @param name its name below the database's folder
     * @param bytes hold it from 0 on; where it is to be sealed, it is sealed in them, if they are long enough, and they are spoilt then
     *     also when this fails: whoever puts it once more makes them anew
     * @param length its length
     * @return the object, as it lies there
     * @throws FailedException {@link ErrorCode#OBJECT_CONFLICT} when the name is taken by something else;
     *     {@link ErrorCode#OBJECT_CORRUPT} when the store did not keep what it was given; {@link ErrorCode#KEY_LOST} or
     *     {@link ErrorCode#KEY_UNAVAILABLE} when it is to be sealed and its key cannot be had
     */
    public ObjectRef put(String name, byte[] bytes, int length) {
        ObjectContent content = sealing.content(name, bytes, length);
        ObjectRef ref = new ObjectRef(name, content.length(), content.checksums());
        ObjectKey key = place.keys().resolve(name);
        try {
            confirm(ref, place.store().putIfAbsent(key, content, call));
        } catch (ProviderException e) {
            if (e.kind() != ErrorKind.ALREADY_EXISTS) {
                throw e;
            }
            compare(ref, e);
        }
        return ref;
    }

    private void confirm(ObjectRef ref, StoredObject stored) {
        if (stored.knownChecksums().isEmpty()) {
            check(ref);
        } else if (!isAs(ref, stored)) {
            throw faults.otherThanGiven(ref, stored);
        }
    }

    /** The key is taken, maybe by our own earlier write whose answer was lost: equal is success. */
    private void compare(ObjectRef ref, ProviderException taken) {
        StoredObject there = stat(ref).orElseThrow(() -> taken);
        boolean same = isAs(ref, there);
        if (same && there.knownChecksums().isEmpty()) {
            same = damage(ref).isEmpty();
        }
        if (!same) {
            throw faults.taken(ref, there, taken);
        }
    }

    /**
     * Compares an object's description with what is known of it.
     *
     * @param ref what it must be
     * @param stored what a store says
     * @return whether the length is right and no checksum that the store knows differs
     */
    public static boolean isAs(ObjectRef ref, StoredObject stored) {
        return stored.length() == ref.length()
                && stored.knownChecksums().map(ref.checksums()::equals).orElse(true);
    }

    /**
     * Asks for an object's description.
     *
     * @param ref which
     * @return the description, or empty when it is not there
     */
    public Optional<StoredObject> stat(ObjectRef ref) {
        return place.store().stat(place.keys().resolve(ref.name()), call);
    }

    /**
     * Reads an object whole, and opens it where it is sealed.
     *
     * @param ref which
     * @param buffer used when it is long enough
     * @return an array that holds {@link #length} bytes of it from 0 on, the SHA-256 of what was stored checked
     * @throws FailedException {@link ErrorCode#OBJECT_MISSING} or {@link ErrorCode#OBJECT_CORRUPT};
     *     {@link ErrorCode#FORMAT_UNKNOWN} where it was sealed by a newer release; {@link ErrorCode#KEY_LOST} where its key is lost, or
     *     what was stored is there as it was and does not open; {@link ErrorCode#KEY_UNAVAILABLE}
     */
    public byte[] fetch(ObjectRef ref, byte[] buffer) {
        return again(() -> fetchOnce(ref, buffer));
    }

    private byte[] fetchOnce(ObjectRef ref, byte[] buffer) {
        byte[] bytes = buffer.length >= ref.length() ? buffer : new byte[Math.toIntExact(ref.length())];
        MessageDigest sha = Checksums.newSha256();
        try (InputStream in = open(ref.name(), null)) {
            int read = 0;
            // In steps: a channel's stream takes a direct buffer as long as the read that is asked of it.
            for (int n = 0; n >= 0 && read < ref.length(); read += Math.max(n, 0)) {
                n = in.read(bytes, read, (int) Math.min(STEP, ref.length() - read));
                sha.update(bytes, read, Math.max(n, 0));
            }
            requireEnd(ref, read, in);
        } catch (IOException e) {
            throw faults.broken(ref.name(), e);
        }
        requireDigest(ref, sha);
        sealing.open(ref, bytes);
        return bytes;
    }

    /**
     * How long an object is, opened.
     *
     * @param ref which
     * @return bytes, not more than are stored
     * @throws FailedException {@link ErrorCode#KEY_LOST} or {@link ErrorCode#KEY_UNAVAILABLE}
     */
    public int length(ObjectRef ref) {
        return Math.toIntExact(sealing.length(ref));
    }

    /**
     * Makes of the digest of a file what stands in a manifest.
     *
     * @param index the name of one of the file's index objects
     * @param digest of the file
     * @return the digest; where the index is sealed, with the key in it
     * @throws FailedException {@link ErrorCode#KEY_LOST} or {@link ErrorCode#KEY_UNAVAILABLE}
     */
    public String digest(String index, String digest) {
        return sealing.digest(index, digest);
    }

    /**
     * Tells whether an object is sealed; its key is had by then.
     *
     * @param name its name
     * @return whether it is
     * @throws FailedException {@link ErrorCode#KEY_LOST} or {@link ErrorCode#KEY_UNAVAILABLE}
     */
    public boolean isSealed(String name) {
        return sealing.isSealed(name);
    }

    /**
     * Reads a span of an object, opened. What it holds is the caller's to check.
     *
     * @param ref which
     * @param range the span of what is in it
     * @return exactly its bytes
     * @throws FailedException {@link ErrorCode#OBJECT_MISSING} or {@link ErrorCode#OBJECT_CORRUPT} when the object is not there or
     *     too short, as its description says; where it is sealed, as {@link #fetch(ObjectRef, byte[])}
     * @throws ProviderException when the place refuses the span for another reason, such as an object that it has archived
     */
    public byte[] fetch(ObjectRef ref, ByteRange range) {
        return sealing.isSealed(ref.name()) ? fetchSealed(ref, range) : fetchAsIs(ref, range);
    }

    private byte[] fetchSealed(ObjectRef ref, ByteRange range) {
        if (range.end() > sealing.length(ref)) {
            throw faults.corrupt(ref.name(), "it does not reach to byte " + range.end());
        }
        return opened(ref, range).orElseGet(() -> fetchAgain(ref, range));
    }

    private Optional<byte[]> opened(ObjectRef ref, ByteRange range) {
        return sealing.open(ref, fetchAsIs(ref, Seal.pages(range, ref.length())), range);
    }

    /** Why pages do not open, only the whole object tells: the digest is its own, and pages may be damaged on the way. */
    private byte[] fetchAgain(ObjectRef ref, ByteRange range) {
        check(ref);
        Seal.requireHeader(ref.name(), fetchAsIs(ref, Seal.HEADER));
        return opened(ref, range).orElseThrow(() -> sealing.otherKey(ref.name()));
    }

    private byte[] fetchAsIs(ObjectRef ref, ByteRange range) {
        try (InputStream in = open(ref.name(), range)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(range.length()));
            if (bytes.length != range.length()) {
                throw faults.corrupt(ref.name(), "it ends after " + (range.offset() + bytes.length) + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw faults.broken(ref.name(), e);
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.INVALID_REQUEST) {
                requireReach(ref, range, e);
            }
            throw e;
        }
    }

    /** A span is refused for many reasons, and damage is only one of them: the description tells. */
    private void requireReach(ObjectRef ref, ByteRange range, ProviderException refusal) {
        StoredObject there = stat(ref).orElseThrow(() -> faults.missing(ref.name(), refusal));
        if (there.length() < range.end()) {
            throw faults.corrupt(
                    ref.name(), "it does not reach to byte " + range.end() + ", but has " + there.length() + " bytes");
        }
    }

    /**
     * Reads an object of which only the name is known.
     *
     * @param name its name below the database's folder
     * @param longest the longest that is taken
     * @return its bytes
     */
    public byte[] fetch(String name, int longest) {
        try (InputStream in = open(name, null)) {
            byte[] bytes = in.readNBytes(longest + 1);
            if (bytes.length > longest) {
                throw faults.corrupt(name, "it is longer than " + longest + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw faults.broken(name, e);
        }
    }

    /**
     * Reads an object whole and keeps nothing of it.
     *
     * @param ref which
     */
    public void check(ObjectRef ref) {
        again(() -> {
            checkOnce(ref);
            return ref;
        });
    }

    private void checkOnce(ObjectRef ref) {
        MessageDigest sha = Checksums.newSha256();
        byte[] step = new byte[STEP];
        long read = 0;
        try (InputStream in = open(ref.name(), null)) {
            for (int n = in.read(step); n >= 0 && read <= ref.length(); n = in.read(step)) {
                sha.update(step, 0, n);
                read += n;
            }
            requireEnd(ref, read, in);
        } catch (IOException e) {
            throw faults.broken(ref.name(), e);
        }
        requireDigest(ref, sha);
    }

    /**
     * Reads an object whole as {@link #check} does, with damage as a value.
     *
     * @param ref which
     * @return what is wrong with it, or empty
     */
    public Optional<FailedException> damage(ObjectRef ref) {
        return damageOf(() -> check(ref));
    }

    /**
     * Turns the exceptions of damage into a value; a lost key is damage, too.
     *
     * @param reading reads an object
     * @return what was thrown, or empty
     */
    public static Optional<FailedException> damageOf(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (FailedException e) {
            if (e.code() == ErrorCode.OBJECT_MISSING
                    || e.code() == ErrorCode.OBJECT_CORRUPT
                    || e.code() == ErrorCode.FORMAT_UNKNOWN
                    || e.code() == ErrorCode.KEY_LOST) {
                return Optional.of(e);
            }
            throw e;
        }
    }

    /**
     * Reads once more what seems damaged: it may have been damaged on the way and be sound where it lies, and a backup that is
     * found damaged is not restored and not protected any more.
     *
     * @param <T> what is read
     * @param reading reads and checks
     * @return what the first reading without damage gave
     * @throws FailedException as the second reading says, where the first one found bytes that are wrong; as the first one
     *     says, where it found none
     */
    public static <T> T again(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (FailedException e) {
            if (!WRONG_BYTES.contains(e.code())) {
                throw e;
            }
            return reading.get();
        }
    }

    private InputStream open(String name, @Nullable ByteRange range) {
        try {
            return place.store().get(place.keys().resolve(name), range, call);
        } catch (ProviderException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                throw faults.missing(name, e);
            }
            if (e.kind() == ErrorKind.CORRUPT) {
                throw faults.unreadable(name, e);
            }
            throw e;
        }
    }

    private void requireEnd(ObjectRef ref, long read, InputStream in) throws IOException {
        if (read < ref.length()) {
            throw faults.corrupt(ref.name(), "it ends after " + read + " of " + ref.length() + " bytes");
        }
        if (read > ref.length() || in.read() >= 0) {
            throw faults.corrupt(ref.name(), "it is longer than " + ref.length() + " bytes");
        }
    }

    private void requireDigest(ObjectRef ref, MessageDigest sha) {
        if (!ref.checksums().sha256Is(sha.digest())) {
            throw faults.corrupt(ref.name(), "its SHA-256 is not the one recorded when it was written");
        }
    }
}
