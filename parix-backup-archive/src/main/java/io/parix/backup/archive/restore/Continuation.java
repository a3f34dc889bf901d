package io.parix.backup.archive.restore;

import io.parix.backup.archive.chunk.ChunkHasher;
import io.parix.backup.archive.chunk.Lockstep;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Member;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.manifest.LoadedIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Looks at what an earlier try left in the staged files: what is right stays, what must be zero is made zero. */
final class Continuation implements Audit.Verdicts {
    private final DataFileLayout layout;
    private final List<StagedSource> files;
    private final List<BitSet> kept = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Audit audit;
    private long keptBytes;

    Continuation(DataFileLayout layout, List<StagedSource> files, List<LoadedIndex> indexes) {
        this.layout = layout;
        this.files = files;
        files.forEach(f -> kept.add(new BitSet()));
        this.audit = new Audit(layout, files, indexes, this);
    }

    /** Looks at all files, with a crew that counts the bytes looked at. */
    void run(Crew crew) {
        crew.run(() -> new Look(crew));
    }

    /** Whether a chunk, by its place in the index of a file, is already right. */
    boolean keeps(int file, long place) {
        return kept.get(file).get((int) place);
    }

    /** The bytes that are already right. */
    long keptBytes() {
        lock.lock();
        try {
            return keptBytes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void right(int file, long place, long ordinal) {
        lock.lock();
        try {
            kept.get(file).set((int) place);
            keptBytes += Lockstep.chunkLength(layout, ordinal, files.get(file).length());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wrong(int file, long ordinal, @Nullable IndexEntry expected) {
        if (expected == null) {
            StagedSource staged = files.get(file);
            int length = Lockstep.chunkLength(layout, ordinal, staged.length());
            staged.write(layout.chunkOffset(ordinal), ByteBuffer.allocateDirect(length));
        }
    }

    private final class Look implements Member {
        private final Lockstep reader = audit.reader();
        private final ChunkHasher hasher = new ChunkHasher();
        private final Crew crew;

        Look(Crew crew) {
            this.crew = crew;
        }

        @Override
        public boolean step() {
            Optional<Audit.Row> row = audit.claim();
            row.ifPresent(r -> crew.advance(audit.judge(r, reader, hasher)));
            return row.isPresent();
        }
    }
}
