package io.parix.backup.testkit.contract;

import io.parix.backup.BackupException;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.Image;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.SnapshotVolume;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Hosts that are wrong about which images an attempt gets, and for how long. */
final class CaptureMutants {
    static final Map<String, Function<InMemoryHost, WrongImages>> BY_NAME = new LinkedHashMap<>();

    private CaptureMutants() {}

    /** How a capture goes wrong. */
    @FunctionalInterface
    private interface Wrong {
        Capture capture(ReplicaImages host, Attempt attempt, List<SnapshotVolume> volumes);
    }

    private static void capture(String mutant, Wrong wrong) {
        BY_NAME.put(mutant, host -> new WrongImages(host) {
            @Override
            public Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
                return wrong.capture(way(), attempt, volumes);
            }
        });
    }

    private static void handed(String mutant, UnaryOperator<List<Image>> wrong) {
        BY_NAME.put(mutant, host -> new WrongImages(host) {
            @Override
            List<Image> handed(Attempt attempt, List<Image> images) {
                return wrong.apply(images);
            }
        });
    }

    /** How a release goes wrong. */
    @FunctionalInterface
    private interface WrongRelease {
        void release(InMemoryHost host, Attempt attempt);
    }

    private static void release(String mutant, WrongRelease wrong) {
        BY_NAME.put(mutant, host -> new WrongImages(host) {
            @Override
            public void release(Attempt attempt) {
                wrong.release(right, attempt);
            }
        });
    }

    /** Closes images that were handed out, when an attempt is released that it takes for theirs. */
    private static final class Closing extends WrongImages {
        private final Function<Attempt, String> key;
        private final Map<String, List<Image>> handed = new LinkedHashMap<>();
        private final Set<String> closed = new HashSet<>();
        private final boolean keeps;

        private Closing(InMemoryHost right, boolean keeps, Function<Attempt, String> key) {
            super(right);
            this.keeps = keeps;
            this.key = key;
        }

        @Override
        List<Image> handed(Attempt attempt, List<Image> images) {
            String name = key.apply(attempt);
            if (keeps) {
                return handed.computeIfAbsent(name, any -> closing(name, images));
            }
            closed.remove(name);
            return closing(name, images);
        }

        private List<Image> closing(String name, List<Image> images) {
            return images.stream()
                    .<Image>map(image -> new WrongImage(image) {
                        @Override
                        public int read(long position, ByteBuffer target) throws IOException {
                            if (closed.contains(name)) {
                                throw new IOException("closed");
                            }
                            return super.read(position, target);
                        }
                    })
                    .toList();
        }

        @Override
        public void release(Attempt attempt) {
            closed.add(key.apply(attempt));
            super.release(attempt);
        }
    }

    static {
        handed("IMG-01 a replica is left out", images -> images.subList(1, images.size()));
        handed("IMG-01 a replica is there twice", images -> {
            images.set(0, images.get(1));
            return images;
        });
        capture("IMG-02 each call takes new images", (host, attempt, volumes) -> {
            host.release(attempt);
            return host.capture(attempt, volumes);
        });
        BY_NAME.put("IMG-03 each process takes images of its own", host -> new WrongImages(host) {
            private final int process = System.identityHashCode(this);

            @Override
            public Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
                return right.capture(new Attempt(attempt.database(), attempt.backup(), process), volumes);
            }
        });
        capture(
                "IMG-05 all attempts of a backup have the first one's images",
                (host, attempt, volumes) ->
                        host.capture(new Attempt(attempt.database(), attempt.backup(), 1), volumes));
        BY_NAME.put(
                "IMG-05 a release lets go of the whole backup",
                host -> new Closing(host, false, attempt -> attempt.backup().value()));
        BY_NAME.put(
                "IMG-05 a release lets go of the whole database",
                host -> new Closing(host, false, attempt -> attempt.database().value()));
        letting();
        trouble();
        volumes();
    }

    private static void letting() {
        release("IMG-11 there must be something to let go of", (host, attempt) -> {
            if (!host.captured().contains(attempt.toString())) {
                throw new IllegalStateException("nothing was captured");
            }
            host.release(attempt);
        });
        BY_NAME.put(
                "IMG-11 attempts are told apart by the beginnings of their names",
                host -> new Closing(host, false, attempt -> attempt.toString().substring(0, 4)));
        BY_NAME.put("IMG-12 what was closed is handed out again", host -> new Closing(host, true, Attempt::toString));
        release("IMG-16 images are kept after release", (host, attempt) -> {});
        BY_NAME.put("IMG-16 only the first process lets go", host -> new WrongImages(host) {
            @Override
            public Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
                Capture capture = super.capture(attempt, volumes);
                var unused = right.capture(new Attempt(attempt.database(), attempt.backup(), 99), volumes);
                return capture;
            }
        });
    }

    private static void trouble() {
        capture("IMG-13 a reason is not given", (host, attempt, volumes) -> {
            Capture capture = host.capture(attempt, volumes);
            return capture instanceof Capture.Pending pending ? new Capture.Pending("", pending.lookAgain()) : capture;
        });
        capture("IMG-13 it is worth asking again at once", (host, attempt, volumes) -> {
            Capture capture = host.capture(attempt, volumes);
            return capture instanceof Capture.Pending pending
                    ? new Capture.Pending(pending.reason(), Duration.ZERO)
                    : capture;
        });
        capture(
                "IMG-13 images never come",
                (host, attempt, volumes) -> new Capture.Pending("a clone is made", Duration.ofMillis(1)));
        release("IMG-13 what is pending cannot be released", (host, attempt) -> {
            if (!host.captured().contains(attempt.toString())) {
                throw new IllegalStateException("it is under way");
            }
        });
        capture("IMG-14 what cannot be had is left out", (host, attempt, volumes) -> {
            try {
                return host.capture(attempt, volumes);
            } catch (BackupException e) {
                return new Capture.Ready(List.of());
            }
        });
        capture("IMG-14 the error is one that nobody knows", (host, attempt, volumes) -> {
            try {
                return host.capture(attempt, volumes);
            } catch (BackupException e) {
                throw new IllegalStateException(e);
            }
        });
        BY_NAME.put("IMG-15 a replica is flushed for its image", host -> new WrongImages(host) {
            @Override
            public Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
                byte[] live = right.files(attempt.database()).get(0).clone();
                Capture capture = super.capture(attempt, volumes);
                live[100]++;
                WrongHost.replace(right, attempt.database(), 0, live);
                return capture;
            }
        });
        capture(
                "IMG-15 every database is the first one",
                (host, attempt, volumes) ->
                        host.capture(new Attempt(new DatabaseId("db-1"), attempt.backup(), attempt.number()), volumes));
    }

    private static SnapshotVolume at(SnapshotVolume volume, Instant instant) {
        return new SnapshotVolume(volume.replica(), volume.volume(), instant);
    }

    private static void volumes() {
        capture("IMG-20 volumes are not looked at", (host, attempt, volumes) -> host.capture(attempt));
        capture(
                "IMG-20 an image on a volume is as old as the call",
                (host, attempt, volumes) -> host.capture(
                        attempt,
                        volumes.stream()
                                .map(volume -> at(volume, Instant.parse("2026-11-23T09:00:01Z")))
                                .toList()));
        capture(
                "IMG-21 one volume is enough",
                (host, attempt, volumes) -> host.capture(attempt, volumes.subList(0, 1)));
        BY_NAME.put("IMG-21 asked again, the host looks at its own files", host -> new WrongImages(host) {
            private final Set<Attempt> asked = new HashSet<>();

            @Override
            public Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
                if (asked.add(attempt)) {
                    return super.capture(attempt, volumes);
                }
                right.release(attempt);
                return super.capture(attempt, List.of());
            }
        });
        release("IMG-22 volumes stay attached", (host, attempt) -> {});
        BY_NAME.put("IMG-22 volumes are detached for everybody", host -> new WrongImages(host) {
            private final List<Attempt> all = new ArrayList<>();

            @Override
            public Capture capture(Attempt attempt, List<SnapshotVolume> volumes) {
                all.add(attempt);
                return super.capture(attempt, volumes);
            }

            @Override
            public void release(Attempt attempt) {
                all.forEach(right::release);
            }
        });
    }
}
