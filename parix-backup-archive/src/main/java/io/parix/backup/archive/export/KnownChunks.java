package io.parix.backup.archive.export;

import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Report;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.IndexEntry;
import io.parix.backup.archive.manifest.IndexSpool;
import io.parix.backup.archive.manifest.LoadedIndex;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.segment.ArchiveObjects;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What an earlier backup holds at each position, as far as it may be trusted (spec C12). Read in ascending order, by one thread at a time. */
final class KnownChunks implements AutoCloseable {
    private final SegmentTable segments = new SegmentTable();
    private final List<LoadedIndex> indexes = new ArrayList<>();
    private final List<IndexSpool.Cursor> cursors = new ArrayList<>();
    private final List<Check> findings = new ArrayList<>();
    private BitSet trusted = new BitSet();

    private KnownChunks() {}

    /** Loads the base of a request, if it has one. */
    static KnownChunks of(ExportRequest request, ArchiveObjects objects, Workbench bench) {
        KnownChunks base = new KnownChunks();
        Manifest manifest = request.base();
        if (manifest == null) {
            return base;
        }
        if (!manifest.layout().equals(request.layout())) {
            base.findings.add(SegmentTrust.otherLayout(manifest, request.layout()));
            return base;
        }
        if (manifest.isSealed() != (request.key() != null)) {
            base.findings.add(SegmentTrust.otherSealing(manifest));
            return base;
        }
        try {
            if (!base.opened(manifest, objects, bench)) {
                return base;
            }
            SegmentTrust trust = new SegmentTrust(request, objects, bench);
            base.trusted = trust.judge(base.segments);
            base.trusted.andNot(SparseSegments.in(base.indexes, base.segments, base.trusted, request.settings()));
            base.findings.addAll(trust.findings());
            return base;
        } catch (RuntimeException e) {
            base.close();
            throw e;
        }
    }

    /**
     * Whether the keys of it can be had. Its own new key was given out a moment ago, so it is this one that is disabled, and nobody knows
     * for how long: the new backup is made without it (spec C13).
     */
    private boolean opened(Manifest manifest, ArchiveObjects objects, Workbench bench) {
        try {
            load(manifest, objects, bench);
            return true;
        } catch (FailedException e) {
            if (e.code() != ErrorCode.KEY_UNAVAILABLE) {
                throw e;
            }
            cursors.clear();
            findings.add(SegmentTrust.keyUnavailable(manifest, e));
            return false;
        }
    }

    private void load(Manifest manifest, ArchiveObjects objects, Workbench bench) {
        for (ArchivedReplica replica : manifest.replicas()) {
            LoadedIndex.From from = new LoadedIndex.From(objects, bench.spool());
            Optional<FailedException> damage = ArchiveObjects.damageOf(() -> {
                LoadedIndex index = LoadedIndex.load(manifest, replica, segments, from);
                indexes.add(index);
                cursors.add(index.entries().cursor());
            });
            damage.ifPresent(e ->
                    findings.add(SegmentTrust.damaged(replica.index().get(0).name(), e)));
        }
    }

    /** The trusted entries at an ordinal. */
    List<IndexEntry> at(long ordinal) {
        List<IndexEntry> found = new ArrayList<>(cursors.size());
        for (IndexSpool.Cursor cursor : cursors) {
            cursor.at(ordinal).filter(e -> trusted.get(e.segment())).ifPresent(found::add);
        }
        return found;
    }

    /** Numbers the segments of its entries. */
    SegmentTable segments() {
        return segments;
    }

    /** What was found missing or wrong. */
    Report report() {
        return new Report(findings);
    }

    @Override
    public void close() {
        indexes.forEach(LoadedIndex::close);
    }
}
