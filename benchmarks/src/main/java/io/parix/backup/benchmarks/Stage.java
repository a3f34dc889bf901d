package io.parix.backup.benchmarks;

/** What is timed of each contender, in this order. */
enum Stage {
    FIRST_BACKUP("first backup"),
    SECOND_BACKUP("second backup after 1 % changed"),
    RESTORE("restore");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
