package io.parix.backup.provider.gcp;

import java.util.List;

/** Whether Google's client of Compute Engine is there, and its messages, which are another jar: a host that only exports leaves their 30 MB out. */
final class ComputeOnClassPath {
    private static final List<String> ONE_OF_EACH = List.of("SnapshotsClient", "Snapshot");

    private ComputeOnClassPath() {}

    static boolean isThere() {
        ClassLoader loader = ComputeOnClassPath.class.getClassLoader();
        return ONE_OF_EACH.stream()
                .allMatch(each -> loader.getResource("com/google/cloud/compute/v1/" + each + ".class") != null);
    }
}
