package io.parix.backup.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that only exports leaves the client of Compute Engine out. */
class GcpWithoutComputeTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "gcp-compute.md");
    private static final String CLIENT = "com.google.cloud.compute.v1.SnapshotsClient";
    private static final String LEFT_OUT =
            ".*/(google-cloud-compute|proto-google-cloud-compute-v1|javax.annotation-api)/.*";

    /** This class path again, without some of it, and remembering what it was asked for. */
    private static final class Loader extends URLClassLoader {
        private final List<String> loaded = new ArrayList<>();

        Loader(Predicate<String> entries) throws Exception {
            super(urls(entries), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] urls(Predicate<String> entries) throws Exception {
            List<URL> urls = new ArrayList<>();
            String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            for (String each : path.split(File.pathSeparator, -1)) {
                URI uri = new File(each).toURI();
                if (!each.isEmpty() && entries.test(uri.getPath())) {
                    urls.add(uri.toURL());
                }
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            Class<?> found = super.findClass(name);
            synchronized (loaded) {
                loaded.add(name);
            }
            return found;
        }

        private List<String> ofCompute() {
            synchronized (loaded) {
                return loaded.stream()
                        .filter(name -> name.startsWith("com.google.cloud.compute"))
                        .toList();
            }
        }

        private String export() throws Exception {
            return call(ExportsOnly.class);
        }

        private String call(Class<?> another) throws Exception {
            Class<?> here = loadClass(another.getName());
            Object result = ((Callable<?>) here.getConstructor().newInstance()).call();
            return String.valueOf(result);
        }
    }

    @Test
    @DisplayName(
            "exports work without the classes of Compute Engine, and asking for snapshots is a mistake told at start-up")
    void exports() throws Exception {
        try (Loader loader = new Loader(entry -> !entry.matches(LEFT_OUT))) {
            assertThatThrownBy(() -> loader.loadClass(CLIENT)).isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.export())
                    .contains("snapshots")
                    .contains("com.google.cloud:google-cloud-compute")
                    .doesNotContain("compute-project");
            assertThat(loader.ofCompute()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".*/google-cloud-compute/.*", ".*/proto-google-cloud-compute-v1/.*"})
    @DisplayName("SPI-03 either jar alone is not enough for snapshots, and that is a mistake told at start-up, too")
    void needsBoth(String leftOut) throws Exception {
        try (Loader loader = new Loader(entry -> !entry.matches(leftOut))) {
            assertThat(loader.export())
                    .contains("com.google.cloud:google-cloud-compute")
                    .contains("com.google.api.grpc:proto-google-cloud-compute-v1");
            assertThat(loader.ofCompute()).isEmpty();
        }
    }

    @Test
    @DisplayName("where the client of Compute Engine is there it is not loaded until snapshots are asked for")
    void loadsLate() throws Exception {
        try (Loader loader = new Loader(entry -> true)) {
            assertThat(loader.export()).isEqualTo("[]");
            // The check looks whether the client is there, and loads no more than that.
            assertThat(loader.ofCompute()).isSubsetOf(CLIENT);
            assertThat(loader.loadClass(CLIENT).getClassLoader()).isSameAs(loader);
            assertThat(Arrays.asList(loader.getURLs()))
                    .anyMatch(url -> url.getPath().matches(LEFT_OUT));
        }
    }

    @Test
    @DisplayName("snapshots need no more of the client of Compute Engine than the two jars that the page names")
    void needsTwoJars() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(page)
                .contains("<artifactId>google-cloud-compute</artifactId>")
                .contains("<artifactId>proto-google-cloud-compute-v1</artifactId>");
        try (Loader loader = new Loader(entry -> !entry.contains("/javax.annotation-api/"))) {
            assertThatThrownBy(() -> loader.loadClass("javax.annotation.Generated"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.call(SnapshotsToo.class)).isEqualTo("true [v] 1 GONE");
            assertThat(loader.ofCompute()).isNotEmpty();
        }
    }
}
