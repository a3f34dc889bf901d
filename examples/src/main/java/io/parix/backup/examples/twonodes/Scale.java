package io.parix.backup.examples.twonodes;

import io.parix.backup.ByteSize;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.testkit.datafile.SyntheticCluster;

/** How large the cluster is, and how hard to compress, and of how small segments its backup is. */
record Scale(DataFileLayout layout, ByteSize used, ByteSize length, int noise, ByteSize segment) {
    /** Chosen by a system property, since no person needs the choice. */
    static final String PROPERTY = "two-nodes.scale";

    /** What a person sees. */
    private static final Scale FULL = new Scale(
            DataFileLayout.PRODUCTION, ByteSize.mebibytes(96), ByteSize.mebibytes(1200), 6, ByteSize.mebibytes(4));

    /** For tests. */
    private static final Scale SMALL =
            new Scale(DataFileLayout.TINY, ByteSize.mebibytes(12), ByteSize.mebibytes(16), 16, ByteSize.mebibytes(1));

    static Scale chosen() {
        return "small".equals(System.getProperty(PROPERTY)) ? SMALL : FULL;
    }

    SyntheticCluster cluster() {
        return SyntheticCluster.builder(layout)
                .used(used)
                .fileSize(length)
                .noise(noise)
                .build();
    }
}
