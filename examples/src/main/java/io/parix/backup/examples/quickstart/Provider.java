package io.parix.backup.examples.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Who keeps backups: all that differs from one provider to another. */
enum Provider {
    /** Files of this machine. */
    LOCAL {
        @Override
        Store store(Path folder) {
            return new LocalStore(folder);
        }
    },
    /** Amazon S3, for which a server on loopback stands. */
    AWS {
        @Override
        Store store(Path folder) throws IOException {
            return S3Store.start(folder);
        }
    },
    /** Google Cloud Storage, for which a server of ours on loopback stands. */
    GCP {
        @Override
        Store store(Path folder) throws IOException {
            return GcsStore.start(folder);
        }
    };

    /** The provider's id. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A place all of whose bytes are in a folder; what was there is there again. */
    abstract Store store(Path folder) throws IOException;
}
