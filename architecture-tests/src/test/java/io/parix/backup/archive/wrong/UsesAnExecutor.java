package io.parix.backup.archive.wrong;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Right, and just beside the wrong one: the executor is handed in. */
public final class UsesAnExecutor {
    public CompletableFuture<String> work(Supplier<String> work, Executor executor) {
        return CompletableFuture.supplyAsync(work, executor);
    }
}
