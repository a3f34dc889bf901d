package io.parix.backup.archive.manifest;

import io.parix.backup.archive.segment.SegmentRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the segments that some indexes name, each once. About one entry per 32 MiB stored, so it is held in memory.
 * For one
 * thread, or published safely once it is complete.
 */
public final class SegmentTable {
    private final List<SegmentRef> segments = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * Finds a segment's number, giving it one when it is new.
     *
     * @param segment any
     * @return its number, from 0
     * @throws IllegalArgumentException when another segment has its name
     */
    public int number(SegmentRef segment) {
        Integer known = numbers.get(segment.object().name());
        if (known != null) {
            if (!segments.get(known).equals(segment)) {
                throw new IllegalArgumentException("Segment " + segment.object().name() + " is described in two ways");
            }
            return known;
        }
        numbers.put(segment.object().name(), segments.size());
        segments.add(segment);
        return segments.size() - 1;
    }

    /**
     * The segment of a number.
     *
     * @param number from 0
     * @return the segment
     */
    public SegmentRef get(int number) {
        return segments.get(number);
    }

    /** {@return how many there are} */
    public int size() {
        return segments.size();
    }
}
