package io.parix.backup.archive.chunk;

import io.parix.backup.spi.Checksums;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Computes identities. For one thread. */
public final class ChunkHasher {
    private final MessageDigest sha = Checksums.newSha256();

    /**
     * Computes the identity of what remains in a buffer, which is left as it was.
     *
     * @param chunk its data: its bytes without the zero sectors at its end
     * @return the identity
     */
    public ChunkId id(ByteBuffer chunk) {
        sha.update(chunk.duplicate());
        return ChunkId.read(ByteBuffer.wrap(sha.digest()));
    }
}
