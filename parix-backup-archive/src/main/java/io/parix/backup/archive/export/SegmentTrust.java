package io.parix.backup.archive.export;

import io.parix.backup.Check;
import io.parix.backup.FailedException;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.archive.flow.ByteProgress;
import io.parix.backup.archive.flow.Crew;
import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.SegmentTable;
import io.parix.backup.archive.segment.ArchiveKeys;
import io.parix.backup.archive.segment.ArchiveObjects;
import io.parix.backup.archive.segment.SegmentRef;
import io.parix.backup.archive.segment.StoredPages;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Decides which segments of a base may be referenced: young enough, shown by a listing with their size, and a share of
 * them read
 * back whole (spec C12).
 */
final class SegmentTrust {
    private final ExportRequest request;
    private final ArchiveObjects objects;
    private final Workbench bench;
    private final List<Check> findings = Collections.synchronizedList(new ArrayList<>());

    SegmentTrust(ExportRequest request, ArchiveObjects objects, Workbench bench) {
        this.request = request;
        this.objects = objects;
        this.bench = bench;
    }

    BitSet judge(SegmentTable segments) {
        BitSet trusted = new BitSet(segments.size());
        Instant oldest = request.startedAt().minus(request.settings().baseAge());
        for (int i = 0; i < segments.size(); i++) {
            trusted.set(i, !segments.get(i).createdAt().isBefore(oldest));
        }
        trusted.andNot(beyondKeys(segments));
        list(segments, trusted);
        readBack(segments, trusted);
        return trusted;
    }

    /** A manifest has room for so many keys: the segments of the attempts that are oldest by then are stored anew. */
    private BitSet beyondKeys(SegmentTable segments) {
        BitSet beyond = new BitSet(segments.size());
        Manifest base = request.base();
        if (base != null && base.keys().size() >= Manifest.MAX_KEYS) {
            Map<String, Instant> ages = new HashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                ages.put(attempt(segments.get(i)), segments.get(i).createdAt());
            }
            Set<String> kept = ages.entrySet().stream()
                    .sorted(Map.Entry.<String, Instant>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(Manifest.MAX_KEYS - 1L)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            for (int i = 0; i < segments.size(); i++) {
                beyond.set(i, !kept.contains(attempt(segments.get(i))));
            }
        }
        return beyond;
    }

    private static String attempt(SegmentRef segment) {
        return ArchiveKeys.attemptOf(segment.object().name());
    }

    List<Check> findings() {
        synchronized (findings) {
            return List.copyOf(findings);
        }
    }

    private void list(SegmentTable segments, BitSet trusted) {
        Map<ObjectKey, Integer> wanted = new HashMap<>();
        Set<KeyPrefix> folders = new HashSet<>();
        for (int i = trusted.nextSetBit(0); i >= 0; i = trusted.nextSetBit(i + 1)) {
            ObjectKey key =
                    request.place().keys().resolve(segments.get(i).object().name());
            wanted.put(key, i);
            folders.add(new KeyPrefix(key.value().substring(0, key.value().lastIndexOf('/'))));
        }
        BitSet seen = new BitSet(segments.size());
        for (KeyPrefix folder : folders) {
            list(folder, object -> {
                Integer number = wanted.get(object.key());
                if (number != null && ArchiveObjects.isAs(segments.get(number).object(), object)) {
                    seen.set(number);
                } else if (number != null) {
                    findings.add(listedWrong(segments.get(number), object));
                    trusted.clear(number);
                }
            });
        }
        for (int i = trusted.nextSetBit(0); i >= 0; i = trusted.nextSetBit(i + 1)) {
            if (!seen.get(i)) {
                findings.add(notListed(segments.get(i)));
            }
        }
        trusted.and(seen);
    }

    private void list(KeyPrefix folder, Consumer<StoredObject> each) {
        new StoredPages(request.place().store(), bench.call()).of(folder, page -> page.forEach(each));
    }

    private void readBack(SegmentTable segments, BitSet trusted) {
        List<Integer> sample = sample(trusted);
        BitSet wrong = new BitSet(segments.size());
        AtomicInteger next = new AtomicInteger();
        Crew crew = new Crew(
                new Workbench(bench.executor(), bench.spool(), bench.call(), ByteProgress.NONE),
                Math.min(request.settings().workers(), sample.size()),
                0);
        crew.run(() -> () -> {
            int i = next.getAndIncrement();
            if (i >= sample.size()) {
                return false;
            }
            SegmentRef segment = segments.get(sample.get(i));
            objects.damage(segment.object()).ifPresent(e -> {
                findings.add(damaged(segment.object().name(), e));
                synchronized (wrong) {
                    wrong.set(sample.get(i));
                }
            });
            return true;
        });
        trusted.andNot(wrong);
    }

    /** Another sample for each backup, the same when the same export is repeated. */
    private List<Integer> sample(BitSet trusted) {
        List<Integer> all = new ArrayList<>(trusted.stream().boxed().toList());
        int perMille = request.settings().readBackPerMille();
        if (perMille == 0 || all.isEmpty()) {
            return List.of();
        }
        byte[] id = request.backup().value().getBytes(StandardCharsets.US_ASCII);
        Collections.shuffle(
                all,
                new Random(ByteBuffer.wrap(Checksums.newSha256().digest(id)).getLong()));
        int count = Math.max(1, (int) -Math.floorDiv(-(long) all.size() * perMille, 1000L));
        return all.subList(0, count);
    }

    static Check damaged(String name, FailedException e) {
        return new Check(
                "C12",
                "base-" + e.code().code(),
                Check.Outcome.FAIL,
                name,
                e.code().code(),
                String.valueOf(e.getMessage()));
    }

    private static Check listedWrong(SegmentRef segment, StoredObject found) {
        return new Check(
                "C12",
                "base-object-corrupt",
                Check.Outcome.FAIL,
                segment.object().name(),
                found.length() + " bytes",
                "The listing shows " + found.key() + " otherwise than it was written; its chunks were stored anew.");
    }

    private static Check notListed(SegmentRef segment) {
        return new Check(
                "C12",
                "base-object-missing",
                Check.Outcome.FAIL,
                segment.object().name(),
                "nothing",
                "The listing does not show " + segment.object().name() + "; its chunks were stored anew.");
    }

    /** A backup that is sealed shares nothing that lies in the clear, and the other way round (spec C13). */
    static Check otherSealing(Manifest base) {
        String found = base.isSealed() ? "sealed" : "in the clear";
        return new Check(
                "C13",
                "base-sealing",
                Check.Outcome.WARN,
                base.isSealed() ? "in the clear" : "sealed",
                found,
                "Backup " + base.backup() + " lies " + found + ", and this one does not, so nothing of it is shared.");
    }

    /** That a key cannot be had now is no damage of what it sealed (spec C13). */
    static Check keyUnavailable(Manifest base, FailedException e) {
        return new Check(
                "C13",
                "base-key-unavailable",
                Check.Outcome.WARN,
                "keys that open it",
                e.code().code(),
                "Nothing of backup " + base.backup()
                        + " is shared, and all is stored anew, as it cannot be opened now: " + e.getMessage());
    }

    static Check otherLayout(Manifest base, DataFileLayout layout) {
        return new Check(
                "C12",
                "base-layout",
                Check.Outcome.WARN,
                base.layout().name(),
                layout.name(),
                "Backup " + base.backup() + " is cut at other boundaries, so nothing of it is shared.");
    }
}
