package io.parix.backup.archive.export;

import io.parix.backup.archive.chunk.ChunkId;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.segment.ChunkEncoder.Encoded;

/** A distinct chunk of a row. */
sealed interface Piece {
    /** Its identity. */
    ChunkId id();

    /** The stored bytes that it adds to a segment. */
    int freshBytes();

    /** Where it goes. */
    Located locate(Ledger ledger);

    /** The base holds it. */
    record Known(IndexEntry base) implements Piece {
        @Override
        public ChunkId id() {
            return base.chunk().id();
        }

        @Override
        public int freshBytes() {
            return 0;
        }

        @Override
        public Located locate(Ledger ledger) {
            return ledger.refer(base);
        }
    }

    /** Nobody holds it. */
    record Fresh(ChunkId id, Encoded encoded) implements Piece {
        @Override
        public int freshBytes() {
            return encoded.bytes().length;
        }

        @Override
        public Located locate(Ledger ledger) {
            return ledger.store(this);
        }
    }
}
