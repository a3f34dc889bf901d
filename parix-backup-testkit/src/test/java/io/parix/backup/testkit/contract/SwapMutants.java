package io.parix.backup.testkit.contract;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.RestoreId;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Hosts that are wrong about the files that they swap. */
final class SwapMutants {
    static final HostMutants MUTANTS = new HostMutants();

    private SwapMutants() {}

    /** Changes the live files after a swap that was done. */
    private static void swapped(String mutant, UnaryOperator<List<byte[]>> change) {
        MUTANTS.step(mutant, "swap", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            if (answer instanceof HostAnswer.Done) {
                host.files(call.database(), change.apply(new ArrayList<>(host.files(call.database()))));
            }
            return answer;
        });
    }

    /** Remembers the live files of one moment. */
    private abstract static class Remembering extends WrongHost {
        private List<byte[]> remembered = List.of();

        Remembering(InMemoryHost right) {
            super(right);
        }

        void remember(RestoreCall call) {
            remembered =
                    right.files(call.database()).stream().map(byte[]::clone).toList();
        }

        void bringBack(RestoreCall call) {
            if (!remembered.isEmpty()) {
                right.files(call.database(), remembered);
            }
        }
    }

    static {
        swapped("HST-30 files are mixed up", files -> {
            Collections.rotate(files, 1);
            return files;
        });
        swapped(
                "HST-30 the last byte is lost",
                files -> files.stream()
                        .map(file -> Arrays.copyOf(file, file.length - 1))
                        .toList());
        swapped("HST-30 one file is rounded up", files -> {
            files.set(1, Arrays.copyOf(files.get(1), files.get(1).length + 100));
            return files;
        });
        MUTANTS.step("HST-31 what is not there is left out", "swap", (host, call, right) -> {
            var unused = right.ask(host, call);
            return HostAnswer.done();
        });
        MUTANTS.step("HST-31 it is refused when one is swapped already", "swap", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            if (answer instanceof HostAnswer.Failed) {
                WrongHost.replace(host, call.database(), 0, new byte[10]);
            }
            return answer;
        });
        MUTANTS.step("HST-31 an empty file is a file", "swap", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            boolean empty = answer instanceof HostAnswer.Failed failed
                    && failed.reason().contains("replica 2");
            return empty ? HostAnswer.done() : answer;
        });
        MUTANTS.step(
                "HST-32 what was begun is taken for done",
                "swap",
                (host, call, right) -> host.keepsOldFiles(call.database()) ? HostAnswer.done() : right.ask(host, call));
        MUTANTS.step("HST-32 who finishes keeps the mixed files", "swap", (host, call, right) -> {
            boolean begun = host.keepsOldFiles(call.database());
            HostAnswer answer = right.ask(host, call);
            return begun ? host.release(call) : answer;
        });
        goingBack();
        keeping();
    }

    private static void goingBack() {
        MUTANTS.add("HST-33 only a whole swap is undone", host -> new WrongHost(host) {
            private boolean whole;

            @Override
            HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                HostAnswer answer =
                        name.equals("swapBack") && !whole ? HostAnswer.done() : super.step(name, call, before);
                whole |= name.equals("swap") && answer instanceof HostAnswer.Done;
                return answer;
            }
        });
        MUTANTS.add("HST-33 old files are copied while they are written to", host -> new Remembering(host) {
            @Override
            public Staging stage(RestoreCall call, int replicas) throws IOException {
                remember(call);
                return super.stage(call, replicas);
            }

            @Override
            HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                HostAnswer answer = super.step(name, call, before);
                if (name.equals("swapBack")) {
                    bringBack(call);
                }
                return answer;
            }
        });
        MUTANTS.step("HST-33 what was staged stays", "swapBack", (host, call, right) -> {
            byte[] staged = first(host, call);
            HostAnswer answer = right.ask(host, call);
            write(host, call, staged);
            return answer;
        });
        MUTANTS.step("HST-33 one file is not put back", "swapBack", (host, call, right) -> {
            byte[] last = host.files(call.database()).get(2);
            HostAnswer answer = right.ask(host, call);
            WrongHost.replace(host, call.database(), 2, last);
            return answer;
        });
    }

    private static byte[] first(InMemoryHost host, RestoreCall call) {
        try {
            StagedFile file = host.stage(call, 3).open(0);
            ByteBuffer bytes = ByteBuffer.allocate((int) file.length());
            file.read(0, bytes);
            return bytes.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(InMemoryHost host, RestoreCall call, byte[] bytes) {
        try {
            host.stage(call, 3).open(0).write(0, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keeping() {
        MUTANTS.step("HST-34 open lets go of the old files", "open", (host, call, right) -> {
            var unused = host.release(call);
            return right.ask(host, call);
        });
        MUTANTS.step("HST-34 release keeps everything", "release", (host, call, right) -> HostAnswer.done());
        MUTANTS.add("HST-34 there is a way back after release", host -> new Remembering(host) {
            @Override
            HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                if (name.equals("swap")) {
                    remember(call);
                }
                HostAnswer answer = super.step(name, call, before);
                if (name.equals("swapBack")) {
                    bringBack(call);
                }
                return answer;
            }
        });
        MUTANTS.taking(
                "HST-35 old files are the database's",
                call -> new RestoreCall(
                        call.database(), new RestoreId("r0"), call.backup(), call.manifestDigest(), call.fence()));
        MUTANTS.step("HST-35 release lets go of every restore's old files", "release", (host, call, right) -> {
            RestoreCall first = new RestoreCall(
                    call.database(), new RestoreId("r1"), new BackupId("b1"), call.manifestDigest(), call.fence());
            var unused = host.release(first);
            return right.ask(host, call);
        });
        MUTANTS.step("HST-36 the neighbour gets a file too", "swap", (host, call, right) -> {
            HostAnswer answer = right.ask(host, call);
            WrongHost.replace(
                    host,
                    new DatabaseId("db-10"),
                    1,
                    host.files(call.database()).get(1));
            return answer;
        });
        MUTANTS.step("HST-36 release empties every staging place", "release", (host, call, right) -> {
            var unused = host.release(HostTrial.call(new DatabaseId("db-10"), "r7", "b7", 1));
            return right.ask(host, call);
        });
    }
}
