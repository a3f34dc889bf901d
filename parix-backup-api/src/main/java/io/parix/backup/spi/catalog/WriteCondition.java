package io.parix.backup.spi.catalog;

import io.parix.backup.InvalidRequestException;

/**
 * What must hold beside a write's own row, or the write is refused: what was read before it was decided, and lies in other rows.
 *
 * <p>It holds in the write's transaction and until that ends: whoever changes such a row comes wholly before the write, which is then
 * refused, or wholly after it. So a worker may sleep for as long as it likes between what it read and what it writes.
 */
public sealed interface WriteCondition {
    /** {@return what must hold, for a person} */
    String words();

    /**
     * A claim is a job's still, and its lease has not lapsed by the catalog's clock. A heartbeat and a write under that claim leave it so;
     * a write that lets go of the job, and another claim, do not.
     *
     * @param job the job
     * @param fence the claim's fencing token, 1 or more
     */
    record ClaimStands(String job, long fence) implements WriteCondition {
        /** Refuses what is no token. */
        public ClaimStands {
            requireAtLeast(1, "fencing token of job " + job, fence);
        }

        @Override
        public String words() {
            return "job " + job + " is under a live lease with fence " + fence;
        }
    }

    /**
     * A job's row is at the version that was read.
     *
     * @param job the job
     * @param version the version, 1 or more
     */
    record JobStands(String job, long version) implements WriteCondition {
        /** Refuses what is no version of a row. */
        public JobStands {
            requireAtLeast(1, "version of job " + job, version);
        }

        @Override
        public String words() {
            return "job " + job + " is at version " + version;
        }
    }

    /**
     * A setting's row is at the version that was read, or there is still none.
     *
     * @param name the setting's name
     * @param version the version; 0 where there is no such row
     */
    record SettingStands(String name, long version) implements WriteCondition {
        /** Refuses what is no version of a row. */
        public SettingStands {
            requireAtLeast(0, "version of setting " + name, version);
        }

        @Override
        public String words() {
            return version == 0 ? "there is no setting " + name : "setting " + name + " is at version " + version;
        }
    }

    private static void requireAtLeast(long least, String what, long number) {
        if (number < least) {
            throw InvalidRequestException.of(what, String.valueOf(number), "it must be " + least + " or more");
        }
    }
}
