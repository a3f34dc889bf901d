package io.parix.backup.archive.export;

import io.parix.backup.ByteSize;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.ArchivedReplica;
import io.parix.backup.archive.manifest.AttemptKey;
import io.parix.backup.archive.manifest.IndexSpool;
import io.parix.backup.archive.manifest.IndexWriter;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.manifest.Totals;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.segment.SegmentBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Stores replica images: segments of what is new, and one index per replica (spec C12). */
public final class Export {
    private final ExportRequest request;
    private final Workbench bench;
    private final ArchiveObjects objects;
    private final List<ImageSource> sources;

    private Export(ExportRequest request, Workbench bench) {
        this.request = request;
        this.bench = bench;
        this.objects = new ArchiveObjects(request.place(), bench.call(), request.ring());
        this.sources = request.sources().stream().map(ImageSource::new).toList();
    }

    /**
     * Reads all replicas in one pass and stores them. Returns when every object is there and confirmed by the store's
     * checksum, or read back where the store keeps none (spec C8). The caller's thread takes part in the work.
     *
     * @param request what to export
     * @param bench threads, spool, call and progress; progress counts logical bytes
     * @return what was stored
     * @throws io.parix.backup.spi.ProviderException as the store answers, unchanged; of kind
     *     {@link io.parix.backup.spi.ErrorKind#CANCELLED} when the call says so, at a chunk boundary
     * @throws io.parix.backup.FailedException {@link io.parix.backup.ErrorCode#IMAGE_UNREADABLE} naming the image;
     *     {@link io.parix.backup.ErrorCode#IMAGE_MOVED} when its length is not the one in its facts;
     *     {@link io.parix.backup.ErrorCode#OBJECT_CONFLICT} when a key of this attempt holds something else;
     *     {@link io.parix.backup.ErrorCode#OBJECT_CORRUPT} when a store did not keep what it was given;
     *     {@link io.parix.backup.ErrorCode#SPOOL_FAILED} when the spool is full. A base whose key is lost, or cannot be had now, is shared
     *     with no more, and reported
     */
    public static Exported run(ExportRequest request, Workbench bench) {
        requireRoom(request);
        return new Export(request, bench).run();
    }

    /** A row goes into one segment whole. */
    private static void requireRoom(ExportRequest request) {
        int rows = request.sources().size();
        long least =
                SegmentBuilder.lengthFor(rows, (long) rows * request.layout().longestChunk());
        if (request.longestSegment() < least) {
            throw InvalidRequestException.of(
                    "segment size",
                    request.settings().segmentSize().words(),
                    rows + " replicas of this layout need " + least + " bytes");
        }
    }

    private Exported run() {
        try (KnownChunks base = KnownChunks.of(request, objects, bench);
                Ledger ledger = new Ledger(request, base.segments(), bench.spool())) {
            DataFileLayout layout = request.layout();
            long rows = sources.stream()
                    .mapToLong(source -> layout.chunkCount(source.length()))
                    .max()
                    .orElseThrow();
            int workers = request.settings().workers();
            Crew crew = new Crew(bench, workers, logical());
            Board board = new Board(new Board.Plan(rows, window(workers)), ledger, base, crew);
            crew.run(() -> new Lane(request, board, objects, sources));
            return finish(ledger, base);
        }
    }

    /** How many rows may be between reading and storing. */
    static int window(int workers) {
        return 4 * workers + 4;
    }

    private Exported finish(Ledger ledger, KnownChunks base) {
        List<SegmentUse> uses = ledger.uses();
        List<ObjectRef> created = new ArrayList<>(ledger.created());
        SegmentTable table = new SegmentTable();
        uses.forEach(u -> table.number(u.segment()));
        List<ArchivedReplica> replicas = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            ArchivedReplica replica = replica(i, ledger, table);
            replicas.add(replica);
            created.addAll(replica.index());
        }
        created.sort(Comparator.comparing(ObjectRef::name));
        return new Exported(replicas, totals(uses, replicas, created), keys(uses), uses, created, base.report());
    }

    /** A data key of its own, and one for each earlier attempt of which it needs a segment. */
    private List<AttemptKey> keys(List<SegmentUse> uses) {
        if (request.key() == null) {
            return List.of();
        }
        Set<String> needed = uses.stream()
                .map(u -> ArchiveKeys.attemptOf(u.segment().object().name()))
                .collect(Collectors.toSet());
        List<AttemptKey> keys = new ArrayList<>();
        keys.add(new AttemptKey(
                ArchiveKeys.attempt(request.backup(), request.fence()),
                request.key().wrapped()));
        if (request.base() != null) {
            request.base().keys().stream()
                    .filter(key -> needed.contains(key.attempt()))
                    .forEach(keys::add);
        }
        return keys;
    }

    private ArchivedReplica replica(int place, Ledger ledger, SegmentTable table) {
        Source source = request.sources().get(place);
        int index = source.facts().index();
        IndexSpool spool = ledger.spool(place);
        spool.finish();
        String stem = ArchiveKeys.indexStem(request.backup(), request.fence(), index);
        List<ObjectRef> objectsOfIndex = new IndexWriter(spool, table, index)
                .write((suffix, bytes) -> objects.put(stem + suffix, bytes, bytes.length));
        return new ArchivedReplica(
                source.facts(),
                source.image().kind(),
                source.image().cutNotBefore(),
                objects.digest(
                        objectsOfIndex.get(0).name(),
                        ledger.digest(place, sources.get(place).length())),
                spool.size(),
                objectsOfIndex);
    }

    private long logical() {
        return sources.stream().mapToLong(ImageSource::length).sum();
    }

    private Totals totals(List<SegmentUse> uses, List<ArchivedReplica> replicas, List<ObjectRef> created) {
        Set<String> ours = created.stream().map(ObjectRef::name).collect(Collectors.toSet());
        long used = uses.stream()
                .mapToLong(u -> ours.contains(u.segment().object().name())
                        ? u.segment().object().length()
                        : u.usedBytes())
                .sum();
        long indexes = replicas.stream()
                .flatMap(r -> r.index().stream())
                .mapToLong(ObjectRef::length)
                .sum();
        long fresh = created.stream().mapToLong(ObjectRef::length).sum();
        return new Totals(new ByteSize(logical()), new ByteSize(used + indexes), new ByteSize(fresh));
    }
}
