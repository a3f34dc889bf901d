package io.parix.backup.servers.gcs;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32C;

/**
 * The objects of a bucket as files below a folder, as their names have it: JSON that describes one, then its bytes. A file
 * is there whole or not at all, so that a server that was killed leaves no half of an object. What a folder cannot have, a name with
 * an empty part or one that another one goes on from, it cannot have either. Guarded by its bucket.
 */
final class ObjectFiles {
    /** What the name of no finished file ends with: it is written encoded in every other. */
    private static final String UNFINISHED = "~";

    /** How many bytes of a file describe its object, blank where the JSON has ended. */
    private static final int HEADER = 4_096;

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

    /** {@return where the bytes of an object go, which is there once it has ended} */
    Upload begin(String name) {
        Path file = file(name);
        try {
            Files.createDirectories(file.getParent());
            Path unfinished = Files.createTempFile(file.getParent(), "", UNFINISHED);
            return new Upload(file, unfinished, FileChannel.open(unfinished, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object that comes piece by piece. For one thread at a time. */
    static final class Upload {
        private final Path file;
        private final Path unfinished;
        private final FileChannel channel;
        private final CRC32C crc = new CRC32C();
        private long size;

        private Upload(Path file, Path unfinished, FileChannel channel) {
            this.file = file;
            this.unfinished = unfinished;
            this.channel = channel;
        }

        long size() {
            return size;
        }

        Upload append(byte[] piece) {
            crc.update(piece, 0, piece.length);
            write(ByteBuffer.wrap(piece), HEADER + size);
            size += piece.length;
            return this;
        }

        private void write(ByteBuffer bytes, long at) {
            try {
                for (long next = at; bytes.hasRemaining(); ) {
                    next += channel.write(bytes, next);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Leaves nothing. */
        void discard() {
            try {
                channel.close();
                Files.delete(unfinished);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        FakeObject end(long generation, JsonObject resource, Instant created) {
            JsonObject described = resource.deepCopy();
            described.addProperty("crc32c", FakeObject.base64((int) crc.getValue()));
            JsonObject header = new JsonObject();
            header.addProperty("generation", generation);
            header.addProperty("created", created.toString());
            header.add("resource", described);
            byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
            if (text.length > HEADER) {
                throw new IllegalArgumentException("More metadata than the file of an object has room for");
            }
            byte[] padded = new byte[HEADER];
            Arrays.fill(padded, (byte) ' ');
            System.arraycopy(text, 0, padded, 0, text.length);
            write(ByteBuffer.wrap(padded), 0);
            try {
                channel.close();
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                return read(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
        JsonObject header;
        try (InputStream in = Files.newInputStream(file)) {
            header = JsonParser.parseString(new String(in.readNBytes(HEADER), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
        return new FakeObject(
                header.get("generation").getAsLong(),
                Content.of(file, HEADER),
                header.getAsJsonObject("resource"),
                Instant.parse(header.get("created").getAsString()));
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
