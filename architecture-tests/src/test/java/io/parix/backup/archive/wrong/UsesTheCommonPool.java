package io.parix.backup.archive.wrong;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Wrong: the common pool belongs to the host. */
public final class UsesTheCommonPool {
    public CompletableFuture<String> hidden(Supplier<String> work) {
        return CompletableFuture.supplyAsync(work);
    }

    public Future<?> named(Runnable work) {
        return ForkJoinPool.commonPool().submit(work);
    }

    public long streamed(List<Integer> numbers) {
        return numbers.parallelStream().mapToLong(Integer::longValue).sum();
    }

    public long turned(List<Integer> numbers) {
        return numbers.stream().parallel().mapToLong(Integer::longValue).sum();
    }
}
