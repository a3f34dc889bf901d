package io.parix.backup.provider.aws;

import io.parix.backup.Printable;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * How snapshots, or volumes, are told by their tags. Each kind has its name under a key of its own: tools that copy a volume's tags
 * to a snapshot of it must not make that one of ours.
 */
enum Ec2Names {
    /** Names of snapshots. */
    SNAPSHOT(ResourceType.SNAPSHOT, "parix-snapshot"),
    /** Names of volumes that were made of snapshots. */
    VOLUME(ResourceType.VOLUME, "parix-volume");

    /** What people see in a list; ours unless a setting says otherwise. */
    private static final String SHOWN = "Name";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final ResourceType type;
    private final String key;

    Ec2Names(ResourceType type, String key) {
        this.type = type;
        this.key = key;
    }

    /** Refuses what is no name: a filter would take some characters for wildcards. */
    static void requireName(String name, AwsCall call) {
        if (!NAME.matcher(name).matches()) {
            throw refused(call, Printable.quote(name) + " is no name of 1 to 63 characters of a-z, 0-9 and '-'");
        }
    }

    /** Refuses what are no labels. */
    void requireLabels(Map<String, String> labels, AwsCall call) {
        labels.forEach((label, value) -> {
            if (!isLabel(label, value) || isName(label)) {
                throw refused(call, Printable.quote(label + "=" + value) + " is no label");
            }
        });
    }

    private static ProviderException refused(AwsCall call, String fact) {
        return new ProviderException(ErrorKind.INVALID_REQUEST, "Failed " + call.doing() + ": " + fact + ".");
    }

    private static boolean isLabel(String label, String value) {
        return LABEL.matcher(label).matches() && NAME.matcher(value).matches();
    }

    private static boolean isName(String tag) {
        return tag.equals(SNAPSHOT.key) || tag.equals(VOLUME.key);
    }

    /**
     * The tags of one to be made.
     *
     * @param name its name
     * @param labels its labels
     * @param more those of the settings, which give way
     */
    TagSpecification tags(String name, Map<String, String> labels, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(Map.of(SHOWN, name));
        all.putAll(more);
        all.putAll(labels);
        all.put(key, name);
        return TagSpecification.builder()
                .resourceType(type)
                .tags(all.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    List<Filter> named(String name) {
        return List.of(filter("tag:" + key, name));
    }

    List<Filter> labelled(Map<String, String> labels) {
        List<Filter> filters = new ArrayList<>(List.of(filter("tag-key", key)));
        new TreeMap<>(labels).forEach((label, value) -> filters.add(filter("tag:" + label, value)));
        return filters;
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    /** {@return the name among tags; empty where it is none of ours} */
    String name(Map<String, String> tags) {
        String name = tags.getOrDefault(key, "");
        return NAME.matcher(name).matches() ? name : "";
    }

    /** {@return what can be a label among tags} */
    static Map<String, String> labels(Map<String, String> tags) {
        Map<String, String> labels = new HashMap<>(tags);
        labels.entrySet().removeIf(tag -> isName(tag.getKey()) || !isLabel(tag.getKey(), tag.getValue()));
        return labels;
    }

    static Map<String, String> map(List<Tag> tags) {
        Map<String, String> map = new HashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return map;
    }
}
