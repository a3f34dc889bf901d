package io.parix.backup.servers.gcs;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects of a bucket as files below a folder, as their names have it: a line of JSON that describes one, then its bytes. A file
 * is there whole or not at all, so that a server that was killed leaves no half of an object. What a folder cannot have, a name with
 * an empty part or one that another one goes on from, it cannot have either. Guarded by its bucket.
 */
final class ObjectFiles {
    /** What the name of no finished file ends with: it is written encoded in every other. */
    private static final String UNFINISHED = "~";

    private final Path folder;

    private ObjectFiles(Path folder) {
        this.folder = folder;
    }

    static ObjectFiles in(Path folder) {
        try {
            return new ObjectFiles(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the live objects by name; what was being written when a server was killed goes} */
    Map<String, FakeObject> readAll() {
        Map<String, FakeObject> found = new TreeMap<>();
        try (Stream<Path> walked = Files.walk(folder)) {
            for (Path file : walked.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(UNFINISHED)) {
                    Files.delete(file);
                } else {
                    found.put(name(file), read(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    FakeObject write(String name, long generation, byte[] bytes, JsonObject resource, Instant created) {
        JsonObject header = new JsonObject();
        header.addProperty("generation", generation);
        header.addProperty("created", created.toString());
        header.add("resource", resource);
        Path file = file(name);
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
                out.write(bytes);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeObject read(Path file) throws IOException {
        byte[] line = line(file);
        JsonObject header =
                JsonParser.parseString(new String(line, StandardCharsets.UTF_8)).getAsJsonObject();
        int skipped = line.length + 1;
        return new FakeObject(
                header.get("generation").getAsLong(),
                Files.size(file) - skipped,
                () -> bytes(file, skipped),
                header.getAsJsonObject("resource"),
                Instant.parse(header.get("created").getAsString()));
    }

    /** What is written before the first end of a line. */
    private static byte[] line(Path file) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    private static byte[] bytes(Path file, int skipped) {
        try {
            byte[] whole = Files.readAllBytes(file);
            return Arrays.copyOfRange(whole, skipped, whole.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each part of a name encoded, so that none leads out of the folder, and none is taken for an unfinished one. */
    private Path file(String name) {
        Path file = folder;
        for (String part : List.of(name.split("/", -1))) {
            if (part.isEmpty()) {
                throw new IllegalArgumentException("No file has the name of object " + name);
            }
            String encoded = URLEncoder.encode(part, StandardCharsets.UTF_8);
            file = file.resolve(encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded);
        }
        return file;
    }

    private String name(Path file) {
        return StreamSupport.stream(folder.relativize(file).spliterator(), false)
                .map(part -> URLDecoder.decode(part.toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("/"));
    }
}
