package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakePlace.CALL;
import static io.parix.backup.provider.gcp.FakePlace.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.servers.gcs.FakeGcs;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class GcpSecretsTest {
    private static final Path LOG = Path.of("target", "test-log.txt");

    private final FakePlace place = new FakePlace();

    @AfterEach
    void close() {
        place.close();
    }

    /** A server that repeats the token that it does not take in the body of its answer. */
    private static FakeAnswer tellingAll() {
        return FakeAnswer.of(
                401,
                Map.of("Content-Type", "application/json; charset=UTF-8"),
                ("{\"error\": {\"code\": 401, \"message\": \"Invalid Credentials\", \"token\": \"" + FakeGcs.TOKEN
                                + "\", \"errors\": [{\"reason\": \"authError\", \"message\": \"Invalid Credentials\","
                                + " \"debugInfo\": \"" + FakeGcs.TOKEN + "\"}]}}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String whole(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    @DisplayName("no exception, nothing that is printed and no log line holds an access token")
    void keepsSecrets() throws IOException {
        ProviderSession session = place.session(place.location());
        ObjectStore store = session.objects();
        List<String> said = new ArrayList<>(List.of(
                place.provider().toString(),
                new LateCredentials(FakePlace.credentials(), GcpClients.SCOPE, new CurrentCall()).toString(),
                session.toString(),
                store.toString(),
                place.location().identity()));
        List<String> operations =
                List.of("objects.insert", "objects.get media", "objects.get", "objects.list", "objects.list");
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
        LoggerFactory.getLogger(GcpSecretsTest.class).info("the log is read by this test");
        said.add(Files.readString(LOG));
        assertThat(said).hasSize(16);
        assertThat(said).allSatisfy(each -> assertThat(each).doesNotContain(FakeGcs.TOKEN));
        assertThat(said.get(5)).contains("authError");
        assertThat(said.get(15)).contains("the log is read by this test");
    }
}
