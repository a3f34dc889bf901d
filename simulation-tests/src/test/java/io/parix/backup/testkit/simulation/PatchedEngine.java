package io.parix.backup.testkit.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The production code with a few words of one source changed: compiled anew, and loaded in front of the right one. */
final class PatchedEngine extends ClassLoader {
    private static final String OURS = "io.parix.backup.";

    /** Each sees those before it and what lies before them all, and none after it. */
    private static final List<String> ROOMS = List.of("core.", "archive.", "engine.", "testkit.");

    private final Map<String, byte[]> patched;
    private final int lowest;

    private PatchedEngine(Map<String, byte[]> patched) {
        super(PatchedEngine.class.getClassLoader());
        this.patched = patched;
        this.lowest =
                patched.keySet().stream().mapToInt(PatchedEngine::room).min().orElseThrow();
    }

    private static int room(String name) {
        for (int i = 0; i < ROOMS.size(); i++) {
            if (name.startsWith(OURS + ROOMS.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Changes a source.
     *
     * @param source the file, from the root of the repository
     * @param right words that it has exactly once
     * @param wrong what stands there instead
     * @return runs a seed on it
     */
    static LongFunction<Optional<String>> with(String source, String right, String wrong) throws IOException {
        String text = Files.readString(Path.of("..").resolve(source));
        int at = text.indexOf(right);
        if (at < 0 || text.indexOf(right, at + 1) >= 0) {
            throw new AssertionError(source + " has not once: " + right);
        }
        String changed = text.substring(0, at) + wrong + text.substring(at + right.length());
        return probe(new PatchedEngine(compiled(source, changed)));
    }

    @SuppressWarnings("unchecked") // SeedProbe is one; it is another class than ours, in the other loader.
    private static LongFunction<Optional<String>> probe(PatchedEngine engine) {
        try {
            return (LongFunction<Optional<String>>)
                    engine.loadClass(SeedProbe.class.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Map<String, byte[]> compiled(String source, String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        URI name = URI.create("string:///" + source.substring(source.indexOf("/java/") + 6));
        JavaFileObject unit = new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        try (InMemory files = new InMemory(compiler.getStandardFileManager(told, null, null))) {
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(null, files, told, options, null, List.of(unit))
                    .call()) {
                throw new AssertionError(source + " does not compile: " + told.getDiagnostics());
            }
            return files.classes();
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> there = findLoadedClass(name);
            if (there != null) {
                return there;
            }
            // What cannot see the change is the same with it, and warm already.
            boolean sees = name.startsWith(OURS) && room(name) >= lowest;
            return sees ? ours(name) : super.loadClass(name, resolve);
        }
    }

    private Class<?> ours(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = patched.get(name);
            byte[] all = bytes == null ? right(name) : bytes;
            return defineClass(name, all, 0, all.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] right(String name) throws IOException, ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }

    /** Keeps what is compiled. */
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        InMemory(JavaFileManager right) {
            super(right);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            written.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }
}
