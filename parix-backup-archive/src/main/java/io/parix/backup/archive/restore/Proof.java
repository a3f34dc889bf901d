package io.parix.backup.archive.restore;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.chunk.ChunkHasher;
import io.parix.backup.archive.chunk.Lockstep;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Member;
import io.parix.backup.archive.manifest.IndexEntry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Forces the staged files to disk and, meanwhile, reads them back whole and compares each chunk with the indexes,
 * whose digest is
 * the one in the manifest: so the files have it too.
 */
final class Proof implements Audit.Verdicts {
    private final Stage stage;
    private final Audit audit;
    private final Crew crew;
    private final AtomicInteger nextForce = new AtomicInteger();
    private final AtomicBoolean forcing = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Wrong first;

    private record Wrong(int file, long number) {}

    Proof(Stage stage, Crew crew) {
        this.stage = stage;
        this.crew = crew;
        this.audit = new Audit(stage.layout(), stage.files(), stage.indexes(), this);
    }

    void run() {
        crew.run(Look::new);
        Wrong found = first;
        if (found != null) {
            long position = stage.layout().chunkOffset(found.number());
            int replica = stage.indexes().get(found.file()).replica().facts().index();
            throw new FailedException(
                    ErrorCode.STAGED_MISMATCH,
                    "Cannot use the staged file of replica " + replica + ": chunk " + found.number() + " at byte "
                            + position + " is not what the backup holds. Repeat the restore; check the staging disk.");
        }
    }

    @Override
    public void right(int file, long place, long ordinal) {}

    @Override
    public void wrong(int file, long ordinal, @Nullable IndexEntry expected) {
        audit.stop();
        lock.lock();
        try {
            if (first == null || ordinal < first.number()) {
                first = new Wrong(file, ordinal);
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Look implements Member {
        private final Lockstep reader = audit.reader();
        private final ChunkHasher hasher = new ChunkHasher();

        @Override
        public boolean step() {
            if (forceOne()) {
                return true;
            }
            Optional<Audit.Row> row = audit.claim();
            row.ifPresent(r -> crew.advance(audit.judge(r, reader, hasher)));
            return row.isPresent() || nextForce.get() < stage.files().size();
        }

        /** One file at a time, so that the other threads read on. */
        private boolean forceOne() {
            if (nextForce.get() >= stage.files().size() || !forcing.compareAndSet(false, true)) {
                return false;
            }
            try {
                int file = nextForce.getAndIncrement();
                if (file < stage.files().size()) {
                    stage.files().get(file).force();
                }
                return true;
            } finally {
                forcing.set(false);
            }
        }
    }
}
