package io.parix.backup.testkit.contract;

import io.parix.backup.host.Attempt;
import io.parix.backup.host.Image;
import io.parix.backup.host.ImageKind;
import io.parix.backup.host.ReplicaVolume;
import io.parix.backup.host.ReplicaVolumes;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Images that are wrong on purpose, by what they do, and names of volumes that are. */
final class ImageMutants {
    static final Map<String, Function<ReplicaVolumes, ReplicaVolumes>> VOLUMES = new LinkedHashMap<>();
    private static final Map<String, Function<InMemoryHost, WrongImages>> BY_NAME = new LinkedHashMap<>();

    private ImageMutants() {}

    /** {@return every wrong way to images that there is} */
    static Map<String, Function<InMemoryHost, WrongImages>> all() {
        Map<String, Function<InMemoryHost, WrongImages>> all = new LinkedHashMap<>(BY_NAME);
        all.putAll(CaptureMutants.BY_NAME);
        VOLUMES.keySet().forEach(mutant -> all.put(mutant, WrongImages::new));
        return all;
    }

    /** Makes a wrong image of a right one. */
    @FunctionalInterface
    private interface Wrong {
        Image of(InMemoryHost host, Attempt attempt, int index, Image right);
    }

    private static void image(String mutant, Wrong wrong) {
        BY_NAME.put(mutant, host -> new WrongImages(host) {
            @Override
            List<Image> handed(Attempt attempt, List<Image> images) {
                List<Image> handed = new ArrayList<>();
                for (int i = 0; i < images.size(); i++) {
                    handed.add(wrong.of(host, attempt, i, images.get(i)));
                }
                return handed;
            }
        });
    }

    private static void volumes(String mutant, UnaryOperator<ReplicaVolume> wrong) {
        VOLUMES.put(
                mutant,
                port -> database -> port.of(database).stream().map(wrong).toList());
    }

    static {
        image("IMG-01 an image is cut short", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public long length() throws IOException {
                return super.length() - 1;
            }
        });
        image("IMG-04 an image is the file that is written to", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public long length() {
                return host.files(attempt.database()).get(index).length;
            }

            @Override
            public int read(long position, ByteBuffer target) {
                byte[] live = host.files(attempt.database()).get(index);
                int count = (int) Math.max(0, Math.min(target.remaining(), live.length - position));
                target.put(live, (int) Math.min(position, live.length), count);
                return count;
            }
        });
        image("IMG-07 an image has no name", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public String name() {
                return "";
            }
        });
        image("IMG-07 all images have one name", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public String name() {
                return "data.tigerbeetle";
            }
        });
        image("IMG-07 a replica that runs is called stopped", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public ImageKind kind() {
                return ImageKind.STOPPED;
            }
        });
        instants();
        reading();
        skipping();
        volumes("IMG-23 replicas are counted from one", volume -> named(volume, volume.replica() + 1, volume.volume()));
        volumes("IMG-23 every volume is the first replica's", volume -> named(volume, 0, volume.volume()));
        volumes("IMG-23 databases share a volume", volume -> named(volume, volume.replica(), "v-" + volume.replica()));
        volumes("IMG-23 a volume has no name", volume -> named(volume, volume.replica(), " "));
    }

    private static ReplicaVolume named(ReplicaVolume volume, int replica, String name) {
        return new ReplicaVolume(replica, name, volume.placement(), volume.imageFrom());
    }

    private static void instants() {
        image("IMG-06 the instant is after the cut", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public Instant cutNotBefore() {
                return super.cutNotBefore().plus(Duration.ofMinutes(1));
            }
        });
        image("IMG-06 the instant goes on", (host, attempt, index, right) -> new WrongImage(right) {
            private int asked;

            @Override
            public Instant cutNotBefore() {
                return super.cutNotBefore().minus(Duration.ofSeconds(60 - asked++));
            }
        });
        BY_NAME.put("IMG-06 old images get a new instant", host -> new WrongImages(host) {
            private List<Image> first = List.of();

            @Override
            List<Image> handed(Attempt attempt, List<Image> images) {
                List<Image> handed = new ArrayList<>();
                first = first.isEmpty() ? images : first;
                for (int i = 0; i < images.size(); i++) {
                    Instant now = images.get(i).cutNotBefore();
                    handed.add(new WrongImage(first.get(i)) {
                        @Override
                        public Instant cutNotBefore() {
                            return now;
                        }
                    });
                }
                return handed;
            }
        });
    }

    private static void reading() {
        image("IMG-08 reading goes past the buffer's limit", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                return super.read(position, target.limit(target.capacity()));
            }
        });
        image("IMG-08 a read stops when it likes", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                int limit = target.limit();
                boolean small = target.remaining() < 10_000;
                target.limit(small ? Math.min(limit, target.position() + 4_096) : limit);
                int read = super.read(position, target);
                target.limit(limit);
                return read;
            }
        });
        image("IMG-08 the end is an error", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                if (position >= length()) {
                    throw new EOFException("past the end");
                }
                return super.read(position, target);
            }
        });
        image("IMG-08 reads begin at a sector", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                return super.read(position / 512 * 512, target);
            }
        });
    }

    private static void skipping() {
        image("IMG-09 a whole sector is skipped for one zero", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public long nextData(long position) throws IOException {
                return Math.min(length(), position + 512);
            }
        });
        image("IMG-09 data begins at a sector", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public long nextData(long position) throws IOException {
                return super.nextData(position) / 512 * 512;
            }
        });
        image("IMG-09 past the end there is data", (host, attempt, index, right) -> new WrongImage(right) {
            @Override
            public long nextData(long position) {
                return position;
            }
        });
        image("IMG-10 readers share a position", (host, attempt, index, right) -> new WrongImage(right) {
            private final CyclicBarrier seeking = new CyclicBarrier(2);
            private long at;

            @Override
            public int read(long position, ByteBuffer target) throws IOException {
                at = position;
                try {
                    seeking.await(10, TimeUnit.MILLISECONDS);
                } catch (Exception e) {
                    seeking.reset();
                }
                return super.read(at, target);
            }
        });
    }
}
