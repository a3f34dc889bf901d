package io.parix.backup.archive.datafile;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The real data files among the test resources. Tests change copies only, so each stream is unpacked once. */
final class RealFiles {
    /** The streams were packed with a window of 2^27 bytes. */
    private static final int WINDOW_LOG = 27;

    private static final Map<String, Map<String, RealImage>> UNPACKED = new ConcurrentHashMap<>();

    private RealFiles() {}

    /** All files of a stream, by their names. */
    static Map<String, RealImage> stream(String stream) {
        return UNPACKED.computeIfAbsent(stream, RealFiles::unpack);
    }

    private static Map<String, RealImage> unpack(String stream) {
        Map<String, RealImage> files = new HashMap<>();
        try (InputStream packed = open(stream + ".zst");
                ZstdInputStream zstd = new ZstdInputStream(packed).setLongMax(WINDOW_LOG);
                DataInputStream in = new DataInputStream(new BufferedInputStream(zstd, 1 << 16))) {
            Map<Long, byte[]> before = Map.of();
            while (true) {
                int nameLength = in.read() << 8 | in.read();
                if (nameLength < 0) {
                    return files;
                }
                RealImage file = file(in, new String(in.readNBytes(nameLength), StandardCharsets.UTF_8), before);
                before = file.sectors();
                files.put(file.name(), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RealImage file(DataInputStream in, String name, Map<Long, byte[]> before) throws IOException {
        long length = in.readLong();
        long[] numbers = new long[in.readInt()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readInt();
        }
        Map<Long, byte[]> sectors = new HashMap<>();
        for (long number : numbers) {
            byte[] sector = in.readNBytes(DataFileLayout.SECTOR);
            byte[] same = before.get(number);
            sectors.put(number, same != null && Arrays.equals(same, sector) ? same : sector);
        }
        return new RealImage(name, length, sectors);
    }

    /** The images of one of the six sets, in the order of the replicas. */
    static List<RealImage> set(String set) {
        return switch (set) {
            case "single" -> List.of(stream("single").values().iterator().next());
            case "three-forgotten" ->
                pick("three-clean", "three-forgotten/0_0", "three-forgotten/0_1", "three-clean/0_2");
            case "three-skewed" -> pick("three-clean", "three-forgotten/0_0", "three-clean/0_1", "three-clean/0_2");
            case "three-fresh" -> {
                String name = "three-fresh/1512366075204170928972419503379277431_";
                yield pick("three-fresh", name + 0, name + 1, name + 2);
            }
            default -> pick(set, set + "/0_0", set + "/0_1", set + "/0_2");
        };
    }

    private static List<RealImage> pick(String stream, String... names) {
        Map<String, RealImage> files = stream(stream);
        List<RealImage> images = new ArrayList<>();
        for (String name : names) {
            images.add(Objects.requireNonNull(files.get(name + ".tigerbeetle"), name));
        }
        return images;
    }

    /** What {@code tigerbeetle inspect superblock} printed, by the field's name; headers as they were printed. */
    static Map<String, String> superblock(String file) {
        try (InputStream in = open(file + ".superblock.txt")) {
            Map<String, String> fields = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("||||"))
                    .map(line -> line.substring(5).split("=", 2))
                    .forEach(field -> fields.put(field[0], field[1]));
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(RealFiles.class.getResourceAsStream("/datafile/" + name), name);
    }
}
