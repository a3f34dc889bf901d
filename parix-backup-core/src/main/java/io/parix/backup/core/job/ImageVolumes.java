package io.parix.backup.core.job;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The volumes that the host reads an attempt's images from, planned before the first is asked for (spec B6, C1). Each has the name of the
 * snapshot that it is made of. Immutable.
 *
 * @param each at least one, in order of replica
 */
public record ImageVolumes(List<Each> each) {
    /** Copies the list; refuses an empty one. */
    public ImageVolumes {
        each = List.copyOf(each);
        Require.that(!each.isEmpty(), "volumes of images", each.size(), "there is at least one, or nothing is planned");
    }

    /**
     * A volume.
     *
     * @param name the snapshot's name, and its own
     * @param placement the provider's words for where it shall be
     */
    public record Each(String name, List<Word> placement) {
        /** Copies the list. */
        public Each {
            placement = List.copyOf(placement);
        }

        /**
         * A volume that is to be made.
         *
         * @param name the snapshot's name, and its own
         * @param placement the provider's words
         * @return the volume
         */
        public static Each of(String name, Map<String, String> placement) {
            return new Each(
                    name,
                    placement.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(word -> new Word(word.getKey(), word.getValue()))
                            .toList());
        }

        /** {@return the provider's words for where it shall be} */
        public Map<String, String> where() {
            return placement.stream().collect(Collectors.toUnmodifiableMap(Word::key, Word::value));
        }
    }

    /**
     * One of a provider's words.
     *
     * @param key for what
     * @param value what
     */
    public record Word(String key, String value) {}
}
