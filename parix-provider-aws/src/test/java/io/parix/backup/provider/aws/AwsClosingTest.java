package io.parix.backup.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What a place has opened is closed, whatever goes wrong. */
class AwsClosingTest {
    private final List<String> closed = new ArrayList<>();
    private final S3Client s3 = S3Client.builder()
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(FakePlace.credentials())
            .build();

    @AfterEach
    void close() {
        s3.close();
    }

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }

    private AutoCloseable failing(String name) {
        return () -> {
            closed.add(name);
            throw new IllegalStateException(name + " does not close");
        };
    }

    private AwsPlace place(AwsConfig.Volumes volumes, AutoCloseable... parts) {
        AwsConfig known =
                new AwsSettings(Map.of("bucket", "ledger-backups", "region", "eu-central-1"), Set.of()).config();
        AwsConfig config = new AwsConfig(known.bucket(), known.writing(), known.transport(), volumes);
        return new AwsPlace(
                config,
                new AwsClients.Opened(s3, FakePlace.credentials(), List.of(), List.of(parts)),
                InstantSource.system());
    }

    private static AwsConfig.Volumes volumes(String endpoint) {
        return new AwsConfig.Volumes("eu-central-1", URI.create(endpoint));
    }

    @Test
    @DisplayName("SPI-07 a part that does not close leaves none of the others open, and each such is told once")
    void closesAll() {
        AwsSession session = AwsSession.open(
                place(volumes("http://127.0.0.1:9"), failing("one"), part("two"), failing("three"), part("four")));
        ProviderException told = catchThrowableOfType(ProviderException.class, session::close);
        assertThat(closed).containsExactly("one", "two", "three", "four");
        assertThat(told.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(told).hasMessageContaining("one does not close");
        assertThat(told.getSuppressed()).extracting(Throwable::getMessage).containsExactly("three does not close");
        session.close();
        assertThat(closed).hasSize(4);
    }

    @Test
    @DisplayName("I3 what was opened is closed where the rest cannot be opened, and why is told by a kind")
    void closesWhatWasOpened() {
        ProviderException told = catchThrowableOfType(
                ProviderException.class,
                () -> AwsSession.open(place(volumes("no-scheme"), part("one"), failing("two"))));
        assertThat(told.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(told.getSuppressed()).hasSize(1);
        assertThat(closed).containsExactly("one", "two");
    }
}
