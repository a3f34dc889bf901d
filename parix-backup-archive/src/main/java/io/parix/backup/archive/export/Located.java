package io.parix.backup.archive.export;

import io.parix.backup.archive.segment.StoredChunk;

/** Where a chunk is: the number of its slot in the ledger, and its place in the segment. */
record Located(int slot, StoredChunk chunk) {}
