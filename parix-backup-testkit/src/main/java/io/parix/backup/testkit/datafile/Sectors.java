package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.DataFileLayout;

/** Sizes as they are written. */
final class Sectors {
    private Sectors() {}

    static int whole(int size) {
        return (size + DataFileLayout.SECTOR - 1) / DataFileLayout.SECTOR * DataFileLayout.SECTOR;
    }
}
