package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.HostMutants.withDatabase;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StagedFile;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;

/** Hosts whose staging place is wrong. */
final class StagingMutants {
    static final HostMutants MUTANTS = new HostMutants();

    private StagingMutants() {}

    /** Makes a wrong file of a right one. */
    @FunctionalInterface
    private interface WrongFile {
        StagedFile of(InMemoryHost host, RestoreCall call, int replica, StagedFile right);
    }

    private static void file(String mutant, WrongFile wrong) {
        MUTANTS.stage(mutant, (host, call, replicas) -> new WrongStaging(host.stage(call, replicas)) {
            @Override
            public StagedFile open(int replica) throws IOException {
                return wrong.of(host, call, replica, super.open(replica));
            }
        });
    }

    private static void space(String mutant, LongUnaryOperator told) {
        MUTANTS.stage(mutant, (host, call, replicas) -> new WrongStaging(host.stage(call, replicas)) {
            @Override
            public long freeSpace() throws IOException {
                return told.applyAsLong(super.freeSpace());
            }
        });
    }

    private static Function<RestoreCall, RestoreCall> naming(Function<RestoreCall, String> name) {
        return call -> new RestoreCall(
                call.database(), call.restore(), new BackupId(name.apply(call)), call.manifestDigest(), call.fence());
    }

    static {
        file(
                "HST-20 what is written is written to the live file too",
                (host, call, replica, right) -> new WrongStagedFile(right) {
                    @Override
                    public void write(long position, ByteBuffer source) throws IOException {
                        host.files(call.database()).get(replica)[0]++;
                        super.write(position, source);
                    }
                });
        file(
                "HST-20 a length is given to the live file too",
                (host, call, replica, right) -> new WrongStagedFile(right) {
                    @Override
                    public void setLength(long bytes) throws IOException {
                        WrongHost.replace(host, call.database(), replica, new byte[(int) bytes]);
                        super.setLength(bytes);
                    }
                });
        MUTANTS.step("HST-20 fenceOld swaps what it finds", "fenceOld", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            var unused = host.swap(call);
            return answer;
        });
        file("HST-21 a gap holds what the disk held", (host, call, replica, right) -> new WrongStagedFile(right) {
            @Override
            public void write(long position, ByteBuffer source) throws IOException {
                for (long at = length(); at < position; at++) {
                    super.write(at, ByteBuffer.wrap(new byte[] {(byte) 0xff}));
                }
                super.write(position, source);
            }
        });
        file("HST-21 a file only grows", (host, call, replica, right) -> new WrongStagedFile(right) {
            @Override
            public void setLength(long bytes) throws IOException {
                super.setLength(Math.max(length(), bytes));
            }
        });
        file("HST-21 what was cut comes back", (host, call, replica, right) -> new WrongStagedFile(right) {
            private byte[] cut = {};

            @Override
            public void setLength(long bytes) throws IOException {
                ByteBuffer all = ByteBuffer.allocate((int) length());
                super.read(0, all);
                int from = (int) Math.min(bytes, all.capacity());
                super.setLength(bytes);
                if (bytes > all.capacity()) {
                    super.write(from, ByteBuffer.wrap(cut));
                }
                cut = Arrays.copyOfRange(all.array(), from, all.capacity());
            }
        });
        file("HST-21 reading goes past the buffer's limit", (host, call, replica, right) -> new WrongStagedFile(right) {
            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                return super.read(position, target.limit(target.capacity()));
            }
        });
        file("HST-21 writing leaves the buffer unread", (host, call, replica, right) -> new WrongStagedFile(right) {
            @Override
            public void write(long position, ByteBuffer source) throws IOException {
                super.write(position, source.duplicate());
            }
        });
        MUTANTS.taking("HST-22 staging is of the restore", naming(call -> call.backup() + "-" + call.restore()));
        MUTANTS.taking("HST-22 staging is of the token", naming(call -> call.backup() + "-" + call.fence()));
        MUTANTS.step("HST-22 moveBack removes what was staged", "moveBack", (host, call, right) -> {
            var unused = host.release(call);
            return right.ask(host, call);
        });
        MUTANTS.taking("HST-23 the backup is not looked at", naming(call -> "b0"));
        MUTANTS.taking(
                "HST-23 the digest is not looked at",
                call -> new RestoreCall(call.database(), call.restore(), call.backup(), "00".repeat(32), call.fence()));
        MUTANTS.stage(
                "HST-23 all databases are staged in one place",
                (host, call, replicas) ->
                        host.stage(withDatabase(naming(any -> "b1").apply(call), new DatabaseId("db-1")), replicas));
        space("HST-24 free space is not looked at", free -> 0);
        space("HST-24 there is always room", free -> Long.MAX_VALUE);
        MUTANTS.stage(
                "HST-25 strangers are staged as well",
                (host, call, replicas) -> new WrongStaging(host.stage(call, replicas)) {
                    @Override
                    public StagedFile open(int replica) throws IOException {
                        return super.open(Math.floorMod(replica, replicas));
                    }
                });
        file(
                "HST-26 a write reads the file, changes it and writes it whole",
                (host, call, replica, right) -> new WrongStagedFile(right) {
                    private final CyclicBarrier reading = new CyclicBarrier(2);

                    @Override
                    public void write(long position, ByteBuffer source) throws IOException {
                        int end = (int) Math.max(length(), position + source.remaining());
                        byte[] whole = new byte[end];
                        super.read(0, ByteBuffer.wrap(whole));
                        await(reading);
                        source.get(whole, (int) position, source.remaining());
                        super.write(0, ByteBuffer.wrap(whole));
                    }
                });
    }

    private static void await(CyclicBarrier reading) {
        try {
            reading.await(10, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            reading.reset();
        }
    }
}
