package io.parix.backup.testkit.contract;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.Staging;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Hands every call on to a host in memory that is right, each step by its name. */
class WrongHost implements RestoreHost {
    final InMemoryHost right;
    private RestoreHost way;

    WrongHost(InMemoryHost right) {
        this.right = right;
        this.way = right;
    }

    /** Asks that host another way, on which faults lie. */
    WrongHost asking(RestoreHost other) {
        way = other;
        return this;
    }

    RestoreHost way() {
        return way;
    }

    /** One way of many to the same host. */
    static RestoreHost dying(InMemoryHost host) {
        return new WrongHost(host) {
            @Override
            HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
                if (name.equals("swap")) {
                    right.dieInSwap();
                } else {
                    right.dieInSwapBack();
                }
                return super.step(name, call, before);
            }
        };
    }

    /** Changes one live file behind the host's back. */
    static void replace(InMemoryHost host, DatabaseId database, int replica, byte[] bytes) {
        List<byte[]> files = new ArrayList<>(host.files(database));
        files.set(replica, bytes);
        host.files(database, files);
    }

    /**
     * Does a step.
     *
     * @param name the port's method
     * @param before the status to go back to, for {@code moveBack}
     */
    HostAnswer step(String name, RestoreCall call, DatabaseStatus before) {
        return switch (name) {
            case "move" -> way.move(call);
            case "fenceOld" -> way.fenceOld(call);
            case "swap" -> way.swap(call);
            case "start" -> way.start(call);
            case "confirm" -> way.confirm(call);
            case "open" -> way.open(call);
            case "release" -> way.release(call);
            case "fenceRestored" -> way.fenceRestored(call);
            case "swapBack" -> way.swapBack(call);
            case "moveBack" -> way.moveBack(call, before);
            default -> throw new IllegalStateException(name);
        };
    }

    private HostAnswer step(String name, RestoreCall call) {
        return step(name, call, DatabaseStatus.ACTIVE);
    }

    @Override
    public Set<DatabaseStatus> restorableFrom() {
        return way.restorableFrom();
    }

    @Override
    public HostAnswer move(RestoreCall call) {
        return step("move", call);
    }

    @Override
    public Staging stage(RestoreCall call, int replicas) throws IOException {
        return way.stage(call, replicas);
    }

    @Override
    public HostAnswer fenceOld(RestoreCall call) {
        return step("fenceOld", call);
    }

    @Override
    public HostAnswer swap(RestoreCall call) {
        return step("swap", call);
    }

    @Override
    public HostAnswer start(RestoreCall call) {
        return step("start", call);
    }

    @Override
    public HostAnswer confirm(RestoreCall call) {
        return step("confirm", call);
    }

    @Override
    public HostAnswer open(RestoreCall call) {
        return step("open", call);
    }

    @Override
    public HostAnswer release(RestoreCall call) {
        return step("release", call);
    }

    @Override
    public HostAnswer fenceRestored(RestoreCall call) {
        return step("fenceRestored", call);
    }

    @Override
    public HostAnswer swapBack(RestoreCall call) {
        return step("swapBack", call);
    }

    @Override
    public HostAnswer moveBack(RestoreCall call, DatabaseStatus statusBefore) {
        return step("moveBack", call, statusBefore);
    }
}
