package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.BackupException;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.RestoreId;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One host under test, and a restore of its database. */
final class HostTrial {
    /** Tokens are as the catalog issues them: microseconds since 1970, which no {@code int} holds. */
    private static final long FIRST_FENCE = 1_795_000_000_000_000L;

    /** The steps that answer, in the order of the port. */
    static final Map<String, Step> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("move", RestoreHost::move);
        STEPS.put("fenceOld", RestoreHost::fenceOld);
        STEPS.put("swap", RestoreHost::swap);
        STEPS.put("start", RestoreHost::start);
        STEPS.put("confirm", RestoreHost::confirm);
        STEPS.put("open", RestoreHost::open);
        STEPS.put("release", RestoreHost::release);
        STEPS.put("fenceRestored", RestoreHost::fenceRestored);
        STEPS.put("swapBack", RestoreHost::swapBack);
        STEPS.put("moveBack", (host, call) -> host.moveBack(call, DatabaseStatus.ACTIVE));
    }

    /** What is asked of a host. */
    @FunctionalInterface
    interface Step {
        HostAnswer ask(RestoreHost host, RestoreCall call);
    }

    /** The live files of both databases, in few words. */
    record Files(List<String> own, List<String> neighbours) {}

    private final RestoreHostFixture fixture;
    final RestoreHost host;
    final int replicas;
    final List<String> before;
    private final Files all;

    HostTrial(RestoreHostFixture fixture, RestoreHost host) throws Exception {
        this.fixture = fixture;
        this.host = host;
        this.all = files();
        this.before = all.own();
        this.replicas = before.size();
        assertThat(all.neighbours()).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
    }

    static HostTrial of(RestoreHostFixture fixture) throws Exception {
        return new HostTrial(fixture, fixture.host());
    }

    /** A trial of a host that a hook makes. */
    static HostTrial of(RestoreHostFixture fixture, Optional<RestoreHost> made, String what) throws Exception {
        assumeTrue(made.isPresent(), "not verified: the fixture has no host " + what);
        return new HostTrial(fixture, made.get());
    }

    /** A call of restore r1 of backup b1 with the n-th token. */
    RestoreCall call(long n) {
        return call("r1", "b1", n);
    }

    RestoreCall call(String restore, String backup, long n) {
        return call(fixture.database(), restore, backup, n);
    }

    static RestoreCall call(DatabaseId database, String restore, String backup, long n) {
        return new RestoreCall(
                database, new RestoreId(restore), new BackupId(backup), "ab".repeat(32), FIRST_FENCE + n);
    }

    List<byte[]> restored() {
        List<byte[]> files = fixture.restored(replicas);
        assertThat(prints(files)).doesNotContainAnyElementsOf(before).doesNotHaveDuplicates();
        return files;
    }

    /** Asks until the step is no longer under way. */
    HostAnswer answer(RestoreHost asked, Step step, RestoreCall call) throws Exception {
        long end = System.nanoTime() + fixture.patience().toNanos();
        HostAnswer answer = step.ask(asked, call);
        while (answer instanceof HostAnswer.Pending pending) {
            assertTellsWhen(pending);
            assertThat(System.nanoTime() - end).as("still " + pending.reason()).isNegative();
            fixture.pass(pending.lookAgain());
            answer = step.ask(asked, call);
        }
        if (answer instanceof HostAnswer.Failed failed) {
            assertThat(failed.reason()).as("why a step failed").isNotBlank();
        }
        return answer;
    }

    static void assertTellsWhen(HostAnswer.Pending pending) {
        assertThat(pending.reason()).as("what a host waits for").isNotBlank();
        assertThat(pending.lookAgain()).as("when to look again").isPositive();
    }

    void done(Step step, RestoreCall call) throws Exception {
        done(host, step, call);
    }

    void done(RestoreHost asked, Step step, RestoreCall call) throws Exception {
        assertThat(answer(asked, step, call)).isEqualTo(HostAnswer.done());
    }

    /** Asks for something that must not be done, and may be refused by answer or by exception. */
    void refused(Step step, RestoreCall call) throws Exception {
        try {
            assertThat(answer(host, step, call)).isInstanceOf(HostAnswer.Failed.class);
        } catch (BackupException e) {
            assertThat(e.getMessage()).as("why a call was refused").isNotBlank();
        }
    }

    /** Stages files as the engine does, opening all before it writes any. */
    void stage(RestoreCall call, List<byte[]> files) throws Exception {
        stage(host, call, files);
    }

    void stage(RestoreHost asked, RestoreCall call, List<byte[]> files) throws Exception {
        List<StagedFile> open = new ArrayList<>();
        try (Staging staging = asked.stage(call, replicas)) {
            for (int i = 0; i < files.size(); i++) {
                open.add(staging.open(i));
            }
            for (int i = 0; i < files.size(); i++) {
                fill(open.get(i), files.get(i));
            }
        }
    }

    /** Gives a staged file its length and its bytes, from the end, as writers that run side by side may. */
    static void fill(StagedFile file, byte[] bytes) throws IOException {
        try (file) {
            file.setLength(bytes.length);
            int half = bytes.length / 2;
            file.write(half, ByteBuffer.wrap(bytes, half, bytes.length - half));
            file.write(0, ByteBuffer.wrap(bytes, 0, half));
            file.force();
        }
    }

    /** What a staging place holds, by index. */
    List<byte[]> staged(RestoreHost asked, RestoreCall call) throws Exception {
        List<byte[]> files = new ArrayList<>();
        try (Staging staging = asked.stage(call, replicas)) {
            for (int i = 0; i < replicas; i++) {
                try (StagedFile file = staging.open(i)) {
                    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(file.length()));
                    assertThat(file.read(0, all)).isEqualTo(all.capacity());
                    files.add(all.array());
                }
            }
        }
        return files;
    }

    /** Goes forward up to the swapped files. */
    void swapIn(RestoreCall call, List<byte[]> files) throws Exception {
        done(RestoreHost::move, call);
        stage(call, files);
        done(RestoreHost::fenceOld, call);
        done(RestoreHost::swap, call);
    }

    /** Goes forward up to the opened cluster. */
    void openUp(RestoreCall call, List<byte[]> files) throws Exception {
        swapIn(call, files);
        done(RestoreHost::start, call);
        done(RestoreHost::confirm, call);
        done(RestoreHost::open, call);
    }

    Files files() throws Exception {
        return new Files(
                prints(fixture.live(host, fixture.database())), prints(fixture.live(host, fixture.neighbour())));
    }

    void assertLive(List<byte[]> files) throws Exception {
        assertLivePrints(prints(files));
    }

    void assertLivePrints(List<String> files) throws Exception {
        assertThat(files()).isEqualTo(new Files(files, all.neighbours()));
    }

    void assertUntouched() throws Exception {
        assertThat(files()).isEqualTo(all);
    }

    DatabaseStatus status(DatabaseId database) {
        return fixture.directory(host)
                .map(directory -> directory.look(database))
                .map(facts -> ((DatabaseFacts.Live) facts).profile().status())
                .orElseThrow();
    }

    void assumeDirectory() {
        assumeTrue(fixture.directory(host).isPresent(), "not verified: the fixture cannot tell a database's profile");
    }

    void assumeRunningTold() throws Exception {
        assumeTrue(
                fixture.running(host, fixture.database()).isPresent(),
                "not verified: the fixture cannot tell whether replicas run");
        assertRunning();
    }

    void assertRunning() throws Exception {
        assertThat(fixture.running(host, fixture.database())).as("replicas run").hasValue(true);
    }

    void assertStopped() throws Exception {
        assertThat(fixture.running(host, fixture.database())).as("replicas run").hasValue(false);
    }

    /** What files hold, short enough to be printed. */
    static List<String> prints(List<byte[]> files) {
        return files.stream().map(HostTrial::print).toList();
    }

    private static String print(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return bytes.length + " bytes with CRC-32C " + Long.toHexString(sum.getValue());
    }
}
