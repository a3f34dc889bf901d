package io.parix.backup.spi;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Five verbs on objects. There is no overwrite, no rename and no copy (spec C9).
 *
 * <p>Synchronous; safe for concurrent calls; strongly consistent: a write, once answered, is seen by every later read and
 * listing. Errors are {@link ProviderException}s of a closed set of kinds; nothing else escapes. A store never retries.
 */
public interface ObjectStore {
    /** The most keys of one {@link #delete}. */
    int MAX_DELETE = 1_000;

    /** The most objects of one page of {@link #list}. */
    int MAX_PAGE = 1_000;

    /**
     * Creates an object, all of it or nothing, durable when answered.
     *
     * @param key its name
     * @param content its bytes; the store checks their length and checksums as they arrive
     * @param call deadline and purpose
     * @return the object as stored
     * @throws ProviderException {@link ErrorKind#ALREADY_EXISTS} when the key is taken, whatever it holds;
     *     {@link ErrorKind#CORRUPT} when the bytes are not what the checksums say; {@link ErrorKind#UNAVAILABLE} when the
     *     content cannot be read; {@link ErrorKind#OUTCOME_UNKNOWN} when it cannot be told whether the object exists;
     *     others as the place answers
     */
    StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call);

    /**
     * Reads a span of an object, or all of it.
     *
     * @param key its name
     * @param range the span, or null for the whole object; a span that reaches past the end is
     *     {@link ErrorKind#INVALID_REQUEST}
     * @param call deadline and purpose
     * @return a stream of exactly the bytes asked for, closed by the caller; reading it raises {@link java.io.IOException}
     *     when the place fails midway or the caller has given up, as it may when the call's time is up or the session is
     *     closed, and never ends early without one
     * @throws ProviderException {@link ErrorKind#NOT_FOUND} when there is no such object; others as the place answers
     */
    InputStream get(ObjectKey key, @Nullable ByteRange range, CallContext call);

    /**
     * Describes an object.
     *
     * @param key its name
     * @param call deadline and purpose
     * @return the object, or empty when there is none
     * @throws ProviderException as the place answers
     */
    Optional<StoredObject> stat(ObjectKey key, CallContext call);

    /**
     * Lists objects in ascending order of key, complete and strongly consistent.
     *
     * @param prefix only keys in this folder, at any depth; a folder that is not there is empty
     * @param after only keys after this one, or null to begin
     * @param call deadline and purpose
     * @return a page of at most {@link #MAX_PAGE}; what cannot be listed whole is an error, never a shorter answer
     * @throws ProviderException as the place answers
     */
    ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call);

    /**
     * Deletes objects, each on its own.
     *
     * @param keys at most {@link #MAX_DELETE}
     * @param call deadline and purpose
     * @return an outcome for each key; of what the place refuses of a single key {@link DeleteOutcome.Failed}, with the kind
     * @throws ProviderException only when no outcome can be told for any key: what the place refuses as a whole, for example
     *     {@link ErrorKind#DENIED}, or {@link ErrorKind#THROTTLED}, whose wait no outcome can tell
     */
    Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call);
}
