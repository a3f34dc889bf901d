package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suites of a host's ports are easy to begin with: without a hook nothing fails that is right. */
class FirstContractsTest {
    @ParameterizedTest
    @ValueSource(classes = {FirstRestoreHostTest.class, FirstReplicaImagesTest.class, FirstKeyPortTest.class})
    @DisplayName("I1 a first contract class is one file of no more than 30 lines")
    void isShort(Class<?> first) throws IOException {
        Path source = Path.of("src", "test", "java").resolve(first.getName().replace('.', '/') + ".java");
        assertThat(Files.readAllLines(source)).hasSizeBetween(10, 30);
    }
}
