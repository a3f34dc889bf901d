package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakePlace.CALL;
import static io.parix.backup.provider.aws.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AwsSecretsTest {
    private static final Path LOG = Path.of("target", "test-log.txt");

    private final FakePlace place = new FakePlace();

    @AfterEach
    void close() {
        place.close();
    }

    /** S3 repeats a token that it does not take in the body of its answer. */
    private static FakeAnswer tellingAll() {
        return FakeAnswer.of(
                400,
                Map.of("Content-Type", "application/xml"),
                ("<Error><Code>InvalidToken</Code><Message>The provided token is malformed.</Message><Token-0>"
                                + FakePlace.TOKEN + "</Token-0><RequestId>r</RequestId></Error>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static FakeAnswer ec2TellingAll() {
        return FakeAnswer.of(
                401,
                Map.of(),
                ("<Response><Errors><Error><Code>AuthFailure</Code><Message>The provided token is not right.</Message>"
                                + "</Error></Errors><Token>" + FakePlace.TOKEN
                                + "</Token><RequestID>r</RequestID></Response>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** What a call says: its answer, or what it throws with all of its causes. */
    private static String said(Callable<?> call) {
        try {
            return String.valueOf(call.call());
        } catch (Exception e) {
            return whole(e);
        }
    }

    @Test
    @DisplayName("SPI-04 nor do outcomes and exceptions of deletions, and of looks at why something is locked")
    void keepsSecretsOfDeletions() {
        FakePlace.put(place.store(), "a", new byte[1]);
        place.server().bucket(FakePlace.BUCKET).allowLocks();
        place.server().refuse("a", "AccessDenied");
        ObjectStore store = place.store();
        List<String> said = new ArrayList<>();
        List<String> operations = List.of("DeleteObjects", "GetObjectRetention", "GetObjectLegalHold");
        for (String operation : operations) {
            place.server().next(operation, (request, real) -> tellingAll());
            said.add(said(() -> store.delete(List.of(key("a")), CALL)));
            place.server().next(operation, (request, real) -> null);
            said.add(said(() -> store.delete(List.of(key("a")), CALL)));
        }
        assertThat(place.server().operations()).containsAll(operations);
        assertThat(said).hasSize(6);
        assertThat(said).allSatisfy(each -> assertThat(each).doesNotContain(FakePlace.SECRET, FakePlace.TOKEN));
        assertThat(said.get(0)).contains("InvalidToken");
    }

    @Test
    @DisplayName("SPI-04 nor do those of each request to EC2 that deletes, looks at locks, or is about volumes")
    void keepsSecretsOfVolumes() {
        try (FakeVolumes volumes = new FakeVolumes()) {
            VolumeSnapshots snapshots = volumes.place();
            volumes.ask(snapshots, "s");
            volumes.pass();
            VolumeSnapshots.VolumeRequest wanted =
                    new VolumeSnapshots.VolumeRequest("v", "s", FakeVolumes.ZONE, FakeVolumes.LABELS);
            Map<String, Callable<?>> calls = new LinkedHashMap<>();
            calls.put("DeleteSnapshot", () -> snapshots.delete("s", FakeVolumes.CALL));
            calls.put("DescribeLockedSnapshots", () -> {
                volumes.server.next("DeleteSnapshot", FakeEc2.error(400, "SnapshotLocked"));
                return snapshots.delete("s", FakeVolumes.CALL);
            });
            calls.put("DescribeVolumes", () -> snapshots.volumes(FakeVolumes.LABELS, null, FakeVolumes.CALL));
            calls.put("CreateVolume", () -> snapshots.materialize(wanted, FakeVolumes.CALL));
            calls.put("DeleteVolume", () -> {
                volumes.pass();
                snapshots.materialize(wanted, FakeVolumes.CALL);
                volumes.pass();
                return snapshots.deleteVolume("v", FakeVolumes.CALL);
            });
            List<String> said = new ArrayList<>();
            calls.forEach((action, call) -> {
                volumes.server.next(action, (request, real) -> ec2TellingAll());
                said.add(said(call));
                volumes.server.next(action, (request, real) -> null);
                said.add(said(call));
            });
            assertThat(volumes.server.actions()).containsAll(calls.keySet());
            assertThat(said)
                    .hasSize(10)
                    .allSatisfy(each -> assertThat(each).doesNotContain(FakePlace.SECRET, FakePlace.TOKEN));
            assertThat(said.get(0)).contains("AuthFailure");
        }
    }

    private static String whole(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    @DisplayName("no exception, nothing that is printed and no log line holds a secret or a session token")
    void keepsSecrets() throws IOException {
        ProviderSession session = place.session(place.location());
        ObjectStore store = session.objects();
        List<String> said = new ArrayList<>(List.of(
                FakePlace.provider().toString(),
                session.toString(),
                store.toString(),
                place.location().identity()));
        List<String> operations =
                List.of("PutObject", "GetObject", "HeadObject", "ListObjectsV2", "ListObjectVersions");
        List<ThrowingCallable> calls = List.of(
                () -> store.putIfAbsent(key("a"), ObjectContent.of(new byte[1]), CALL),
                () -> store.get(key("a"), null, CALL),
                () -> store.stat(key("a"), CALL),
                () -> store.list(KeyPrefix.ROOT, null, CALL),
                () -> store.delete(List.of(key("a")), CALL));
        for (int i = 0; i < calls.size(); i++) {
            place.server().next(operations.get(i), (request, real) -> tellingAll());
            said.add(whole(catchThrowable(calls.get(i))));
            place.server().next(operations.get(i), (request, real) -> null);
            said.add(whole(catchThrowable(calls.get(i))));
        }
        LoggerFactory.getLogger(AwsSecretsTest.class).info("the log is read by this test");
        said.add(Files.readString(LOG));
        assertThat(said).hasSize(15);
        assertThat(said).allSatisfy(each -> assertThat(each).doesNotContain(FakePlace.SECRET, FakePlace.TOKEN));
        assertThat(said.get(4)).contains("InvalidToken");
        assertThat(said.get(14)).contains("the log is read by this test");
    }
}
