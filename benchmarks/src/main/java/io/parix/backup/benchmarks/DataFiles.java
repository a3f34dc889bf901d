package io.parix.backup.benchmarks;

/** Which data files there are: {@code <cluster>_<index>.tigerbeetle}, index 0 to {@code replicas - 1}. */
record DataFiles(String cluster, int replicas) {}
