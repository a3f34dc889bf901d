package io.parix.backup.archive.restore;

import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.archive.chunk.Lockstep;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Member;
import io.parix.backup.archive.manifest.SegmentPlan;
import io.parix.backup.archive.manifest.SegmentPlan.Placement;
import io.parix.backup.archive.segment.ChunkDecoder;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.StoredChunk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Fetches each segment once and writes its chunks to every place that wants them. */
final class FanOut {
    private static final byte[] ZEROS = new byte[64 << 10];

    private final Stage stage;
    private final SegmentPlan plan;
    private final Crew crew;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicLong fetched = new AtomicLong();
    private final AtomicLong written = new AtomicLong();

    FanOut(Stage stage, SegmentPlan plan, Crew crew) {
        this.stage = stage;
        this.plan = plan;
        this.crew = crew;
    }

    void run() {
        crew.run(Writer::new);
    }

    long fetched() {
        return fetched.get();
    }

    long written() {
        return written.get();
    }

    private final class Writer implements Member {
        private final ChunkDecoder decoder = new ChunkDecoder(stage.layout().longestChunk());
        private final int turn = turns.getAndIncrement();
        private byte[] buffer = new byte[0];
        private List<Placement> placements = List.of();
        private int at;
        private int segment;

        @Override
        public boolean step() {
            if (at < placements.size()) {
                writeOne();
                return true;
            }
            segment = next.getAndIncrement();
            if (segment >= plan.segments()) {
                return false;
            }
            at = 0;
            placements = plan.placements(segment);
            if (!placements.isEmpty()) {
                ObjectRef object = plan.object(segment);
                buffer = fetch(object);
                fetched.addAndGet(object.length());
            }
            return true;
        }

        /** Decodes the next chunk once and writes it wherever it goes. */
        private void writeOne() {
            StoredChunk chunk = placements.get(at).entry().chunk();
            int longest = stage.layout().longestChunk();
            ByteBuffer data = decoder.decode(buffer, 0, chunk, longest).orElseThrow(() -> wrong(chunk));
            int end = at;
            while (end < placements.size()
                    && placements.get(end).entry().chunk().equals(chunk)) {
                end++;
            }
            // Each thread begins at another file: a file system takes one write to a file at a time.
            int count = end - at;
            for (int i = 0; i < count; i++) {
                write(placements.get(at + (i + turn) % count), data.duplicate());
            }
            at = end;
        }

        private void write(Placement p, ByteBuffer data) {
            int length = length(p);
            if (data.remaining() > length) {
                throw wrong(p.entry().chunk());
            }
            StagedSource file = stage.files().get(p.index());
            if (!file.blank()) {
                padWithZeros(data, length);
            }
            written.addAndGet(data.remaining());
            file.write(stage.layout().chunkOffset(p.entry().number()), data);
            crew.advance(length);
        }

        /** What an earlier try left behind the data must go; the decoder's buffer reaches to the longest chunk's end. */
        private void padWithZeros(ByteBuffer data, int length) {
            int end = data.limit();
            data.limit(length);
            while (end < length) {
                int n = Math.min(ZEROS.length, length - end);
                data.put(end, ZEROS, 0, n);
                end += n;
            }
        }

        private int length(Placement p) {
            return Lockstep.chunkLength(
                    stage.layout(),
                    p.entry().number(),
                    stage.files().get(p.index()).length());
        }

        private FailedException wrong(StoredChunk chunk) {
            ObjectRef object = plan.object(segment);
            String message = "Cannot trust " + object.name() + ": the chunk at byte " + chunk.offset()
                    + " is not the one that the index names. Keep it for evidence; use another backup.";
            return naming(object, ErrorCode.OBJECT_CORRUPT, message, null);
        }

        private byte[] fetch(ObjectRef object) {
            try {
                return stage.objects().fetch(object, buffer);
            } catch (FailedException e) {
                throw naming(object, e.code(), String.valueOf(e.getMessage()), e);
            }
        }

        /** Other backups may need the same segment, so the failure names it for programs, too. */
        private static FailedException naming(
                ObjectRef object, ErrorCode code, String message, @Nullable FailedException cause) {
            Check found = new Check("C4", code.code(), Check.Outcome.FAIL, object.name(), code.code(), message);
            return new FailedException(code, message, new Report(List.of(found)), cause);
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
