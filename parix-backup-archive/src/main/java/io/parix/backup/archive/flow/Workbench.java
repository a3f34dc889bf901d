package io.parix.backup.archive.flow;

import io.parix.backup.spi.CallContext;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * What long work needs from its caller.
 *
 * @param executor lends threads beside the caller's own; work goes on, slower, when it lends none
 * @param spool a directory for temporary files, which are deleted when the work ends; the caller owns what a crash
 *     leaves
 * @param call timeout of each provider call, cancellation, job
 * @param progress hears how far it has come
 */
public record Workbench(Executor executor, Path spool, CallContext call, ByteProgress progress) {}
