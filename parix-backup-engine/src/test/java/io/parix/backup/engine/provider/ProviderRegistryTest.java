package io.parix.backup.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.spi.BackupProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderRegistryTest {
    private static final ClassLoader OWN = ProviderRegistryTest.class.getClassLoader();

    @TempDir
    private Path classPath;

    @Test
    @DisplayName("I1 providers that the class loader offers and those handed in are found together")
    void findsBoth() throws IOException {
        ProviderRegistry registry = ProviderRegistry.find(
                List.of(new FakeProvider("mine")), offering(FakeProvider.Offered.class.getName()));

        assertThat(registry.ids()).containsExactlyInAnyOrder("mine", "offered");
        assertThat(registry.provider("offered")).isInstanceOf(FakeProvider.Offered.class);
    }

    @Test
    @DisplayName("I1 a provider that was handed in stands for the one of its class that the class loader offers")
    void handedInWins() throws IOException {
        FakeProvider.Offered mine = new FakeProvider.Offered();

        ProviderRegistry registry =
                ProviderRegistry.find(List.of(mine), offering(FakeProvider.Offered.class.getName()));

        assertThat(registry.provider("offered")).isSameAs(mine);
    }

    @Test
    @DisplayName("I1 two providers of one id stop the start, and both classes are named")
    void duplicate() throws IOException {
        ClassLoader both = offering(FakeProvider.Offered.class.getName(), FakeProvider.Twin.class.getName());

        assertThatThrownBy(() -> ProviderRegistry.find(List.of(), both))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_PROVIDER))
                .hasMessageContaining(FakeProvider.Offered.class.getName())
                .hasMessageContaining(FakeProvider.Twin.class.getName());
    }

    @Test
    @DisplayName("I1 a provider that cannot be made, or whose class is missing, is named")
    void broken() throws IOException {
        for (String name : List.of(FakeProvider.Broken.class.getName(), "com.example.Gone")) {
            ClassLoader loader = offering(name);
            assertThatThrownBy(() -> ProviderRegistry.find(List.of(), loader))
                    .isInstanceOfSatisfying(
                            FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_PROVIDER))
                    .hasMessageContaining(name);
        }
    }

    @Test
    @DisplayName("I1 a provider whose class does not link is a broken one, not an error of the process")
    void doesNotLink() throws IOException {
        ClassLoader loader = new URLClassLoader(new URL[] {services("com.example.Half")}, OWN) {
            @Override
            protected Class<?> findClass(String name) {
                throw new NoClassDefFoundError("com/example/Sdk");
            }
        };

        assertThatThrownBy(() -> ProviderRegistry.find(List.of(), loader))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_PROVIDER))
                .hasMessageContaining("com/example/Sdk");
    }

    @Test
    @DisplayName("I1 a provider that needs a newer SPI is refused, one of this version is not")
    void newerSpi() {
        BackupProvider newer = new FakeProvider("newer") {
            @Override
            public int spiVersion() {
                return SPI_VERSION + 1;
            }
        };

        assertThatThrownBy(() -> ProviderRegistry.find(List.of(newer), OWN))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BROKEN_PROVIDER))
                .hasMessageContaining("'newer'")
                .hasMessageContaining("2");
        assertThat(ProviderRegistry.find(List.of(new FakeProvider("now")), OWN).ids())
                .contains("now");
    }

    @Test
    @DisplayName("I1 an unknown id says what was found and where it was looked for")
    void unknown() {
        ProviderRegistry registry = ProviderRegistry.find(List.of(new FakeProvider("b"), new FakeProvider("a")), OWN);

        assertThatThrownBy(() -> registry.provider("c\n"))
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_PROVIDER))
                .hasMessageContaining("'c\\u000a'")
                .hasMessageContaining("[a, b]")
                .hasMessageContaining(OWN.toString());
    }

    @Test
    @DisplayName("I1 the context class loader does not matter: neither none nor a foreign one hides a provider")
    void contextClassLoader() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader loader = offering(FakeProvider.Offered.class.getName());
        try {
            thread.setContextClassLoader(null);
            assertThat(ProviderRegistry.find(List.of(), loader).ids()).contains("offered");
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            assertThat(ProviderRegistry.find(List.of(), loader).ids()).contains("offered");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private ClassLoader offering(String... classes) throws IOException {
        return new URLClassLoader(new URL[] {services(classes)}, OWN);
    }

    private URL services(String... classes) throws IOException {
        Path services = Files.createDirectories(classPath.resolve("META-INF/services"));
        Files.write(services.resolve(BackupProvider.class.getName()), List.of(classes));
        return classPath.toUri().toURL();
    }
}
