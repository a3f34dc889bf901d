package io.parix.backup.archive.verify;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.chunk.Lockstep;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Member;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.SegmentPlan;
import io.parix.backup.archive.manifest.SegmentPlan.Placement;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ChunkDecoder;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.SegmentReader;
import io.parix.backup.archive.segment.StoredChunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads segments whole: their digest, their footer, every chunk's identity, and that the indexes name chunks
 * that are there.
 */
final class SegmentCheck {
    private final Manifest manifest;
    private final List<LoadedIndex> indexes;
    private final SegmentPlan plan;
    private final ArchiveObjects objects;

    SegmentCheck(Manifest manifest, List<LoadedIndex> indexes, SegmentPlan plan, ArchiveObjects objects) {
        this.manifest = manifest;
        this.indexes = indexes;
        this.plan = plan;
        this.objects = objects;
    }

    Member member(AtomicInteger next, Findings findings, Crew crew) {
        return new Reader(next, findings, crew);
    }

    private final class Reader implements Member {
        private final AtomicInteger next;
        private final Findings findings;
        private final Crew crew;
        private final ChunkDecoder decoder = new ChunkDecoder(manifest.layout().longestChunk());
        private byte[] buffer = new byte[0];

        Reader(AtomicInteger next, Findings findings, Crew crew) {
            this.next = next;
            this.findings = findings;
            this.crew = crew;
        }

        @Override
        public boolean step() {
            int segment = next.getAndIncrement();
            if (segment >= plan.segments()) {
                return false;
            }
            ObjectRef object = plan.object(segment);
            findings.look(object.name(), () -> check(segment, object));
            crew.advance(object.length());
            return true;
        }

        private void check(int segment, ObjectRef object) {
            buffer = objects.fetch(object, buffer);
            Map<StoredChunk, Integer> chunks = new HashMap<>();
            for (SegmentReader.Entry entry : SegmentReader.read(object.name(), buffer, objects.length(object))) {
                require(
                        decoder.decode(buffer, 0, entry.stored(), entry.rawLength())
                                .filter(data -> data.remaining() == entry.rawLength())
                                .isPresent(),
                        object,
                        entry.stored());
                chunks.put(entry.stored(), entry.rawLength());
            }
            for (Placement p : plan.placements(segment)) {
                Integer raw = chunks.get(p.entry().chunk());
                require(raw != null && raw <= length(p), object, p.entry().chunk());
            }
        }

        private int length(Placement p) {
            long file = indexes.get(p.index()).replica().facts().fileSize().bytes();
            return Lockstep.chunkLength(manifest.layout(), p.entry().number(), file);
        }

        private void require(boolean holds, ObjectRef object, StoredChunk chunk) {
            if (!holds) {
                throw new FailedException(
                        ErrorCode.OBJECT_CORRUPT,
                        "Cannot trust " + object.name() + ": the chunk at byte " + chunk.offset()
                                + " is not the one that was written. Keep it for evidence; use another backup.");
            }
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
