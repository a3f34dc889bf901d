package io.parix.backup.provider.local.story;

import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** A restore host with trouble at one place: it asks before and after each call, and at each staged write. */
final class TroubledHost implements RestoreHost {
    /** What happens at the places where a restore can be struck. */
    interface Trouble {
        /** Between two actions of the host; what it throws ends the worker. */
        void at(String place);

        /** Before bytes are written to a staged file. */
        default void write(int bytes) throws IOException {
            at("write");
        }
    }

    private final RestoreHost host;
    private final Trouble trouble;

    TroubledHost(RestoreHost host, Trouble trouble) {
        this.host = host;
        this.trouble = trouble;
    }

    private HostAnswer around(String step, Supplier<HostAnswer> act) {
        trouble.at("before " + step);
        HostAnswer answer = act.get();
        trouble.at("after " + step);
        return answer;
    }

    @Override
    public HostAnswer move(RestoreCall call) {
        return around("move", () -> host.move(call));
    }

    @Override
    public Staging stage(RestoreCall call, int replicas) throws IOException {
        trouble.at("before stage");
        Staging staging = host.stage(call, replicas);
        return new Staging() {
            @Override
            public long freeSpace() throws IOException {
                return staging.freeSpace();
            }

            @Override
            public StagedFile open(int replica) throws IOException {
                return new TroubledFile(staging.open(replica), trouble);
            }

            @Override
            public void close() throws IOException {
                staging.close();
                trouble.at("after stage");
            }
        };
    }

    @Override
    public HostAnswer fenceOld(RestoreCall call) {
        return around("fenceOld", () -> host.fenceOld(call));
    }

    @Override
    public HostAnswer swap(RestoreCall call) {
        return around("swap", () -> host.swap(call));
    }

    @Override
    public HostAnswer start(RestoreCall call) {
        return around("start", () -> host.start(call));
    }

    @Override
    public HostAnswer confirm(RestoreCall call) {
        return around("confirm", () -> host.confirm(call));
    }

    @Override
    public HostAnswer open(RestoreCall call) {
        return around("open", () -> host.open(call));
    }

    @Override
    public HostAnswer release(RestoreCall call) {
        return around("release", () -> host.release(call));
    }

    @Override
    public HostAnswer fenceRestored(RestoreCall call) {
        return around("fenceRestored", () -> host.fenceRestored(call));
    }

    @Override
    public HostAnswer swapBack(RestoreCall call) {
        return around("swapBack", () -> host.swapBack(call));
    }

    @Override
    public HostAnswer moveBack(RestoreCall call, DatabaseStatus statusBefore) {
        return around("moveBack", () -> host.moveBack(call, statusBefore));
    }

    private record TroubledFile(StagedFile file, Trouble trouble) implements StagedFile {
        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void setLength(long bytes) throws IOException {
            file.setLength(bytes);
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            trouble.write(source.remaining());
            file.write(position, source);
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return file.read(position, target);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
