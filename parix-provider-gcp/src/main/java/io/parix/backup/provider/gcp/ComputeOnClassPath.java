package io.parix.backup.provider.gcp;

/** Whether Google's client of Compute Engine is there: a host that only exports leaves its 30 MB out. */
final class ComputeOnClassPath {
    private static final String CLIENT = "com.google.cloud.compute.v1.SnapshotsClient";

    private ComputeOnClassPath() {}

    static boolean isThere() {
        try {
            Class.forName(CLIENT, false, ComputeOnClassPath.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
