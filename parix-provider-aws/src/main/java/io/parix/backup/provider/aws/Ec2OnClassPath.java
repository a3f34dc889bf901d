package io.parix.backup.provider.aws;

/** Whether the SDK's client of EC2 is there: a host that only exports leaves its 26 MB out. */
final class Ec2OnClassPath {
    private static final String CLIENT = "software.amazon.awssdk.services.ec2.Ec2Client";

    private Ec2OnClassPath() {}

    static boolean isThere() {
        try {
            Class.forName(CLIENT, false, Ec2OnClassPath.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
