package io.parix.backup.provider.local.cluster;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.testkit.contract.ReplicaImagesContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class DirectoryImagesContractTest implements ReplicaImagesContract {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    private final IdentityHashMap<ReplicaImages, DirectoryFleet> fleets = new IdentityHashMap<>();

    private ReplicaImages imagesOf(DirectoryFleet fleet) {
        ReplicaImages images = fleet.images();
        fleets.put(images, fleet);
        return images;
    }

    private DirectoryFleet fleetOf(ReplicaImages images) {
        return Objects.requireNonNull(fleets.get(images));
    }

    /** That the replicas are stopped is the embedder's word, which this one keeps. */
    @Override
    public ReplicaImages images() throws IOException {
        DirectoryFleet fleet = new DirectoryFleet(
                Files.createTempDirectory(directory, "clusters"), InstantSource.system(), database(), neighbour());
        fleet.stopAll();
        return imagesOf(fleet);
    }

    @Override
    public List<byte[]> live(ReplicaImages images, DatabaseId database) throws IOException {
        return fleetOf(images).live(database);
    }

    @Override
    public Optional<ReplicaImages> again(ReplicaImages images) {
        return Optional.of(imagesOf(fleetOf(images)));
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** A replica runs, and stops again, where nobody holds an image of it. */
    @Override
    public boolean write(ReplicaImages images, DatabaseId database, List<byte[]> files) throws IOException {
        if (held(images).orElse(1) > 0) {
            return false;
        }
        fleetOf(images).write(database, files);
        return true;
    }

    @Override
    public Optional<Boolean> running(ReplicaImages images, DatabaseId database) {
        return Optional.of(fleetOf(images).running(database));
    }

    /** The data files that this process has open, where the system tells. */
    @Override
    public Optional<Integer> held(ReplicaImages images) throws IOException {
        if (!Files.isDirectory(OPEN_FILES)) {
            return Optional.empty();
        }
        String real = directory.toRealPath() + "/";
        int held = 0;
        try (Stream<Path> links = Files.list(OPEN_FILES)) {
            for (Path link : links.toList()) {
                String file = target(link);
                held += file.startsWith(real) && file.endsWith(".tigerbeetle") ? 1 : 0;
            }
        }
        return Optional.of(held);
    }

    /** What a descriptor is of; nothing where it was closed meanwhile. */
    private static String target(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public Optional<ReplicaImages> lostImages() throws IOException {
        ReplicaImages images = images();
        List<byte[]> files = new ArrayList<>(live(images, database()));
        files.set(1, new byte[0]);
        fleetOf(images).write(database(), files);
        return Optional.of(images);
    }
}
