package io.parix.backup.provider.local.cluster;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.Image;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.Staging;
import io.parix.backup.provider.local.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data files of one stopped cluster in a directory: images of them, and their replacement by a restore.
 *
 * <p>Safe for concurrent calls. Steps of a restore are done one at a time, also among processes; one that finds another at
 * work answers {@link HostAnswer.Pending}. Old files are kept until {@link #release(RestoreCall)}.
 */
public final class DirectoryCluster implements ReplicaImages, RestoreHost {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ClusterPlace place;
    private final ClusterControl control;
    private final InstantSource clock;
    private final Disk disk;
    private final FileLocks locks;
    private final Area area;
    private final Fences fences;
    private final Map<Attempt, List<StoppedImage>> captured = new ConcurrentHashMap<>();

    /**
     * A cluster.
     *
     * @param place where its files lie
     * @param control what is done to its processes and its profile
     * @param clock the catalog's, for {@link Image#cutNotBefore()}
     */
    public DirectoryCluster(ClusterPlace place, ClusterControl control, InstantSource clock) {
        this(place, control, clock, new Disk());
    }

    DirectoryCluster(ClusterPlace place, ClusterControl control, InstantSource clock, Disk disk) {
        this.place = place;
        this.control = control;
        this.clock = clock;
        this.disk = disk;
        this.locks = FileLocks.ofSystem();
        this.area = new Area(place, disk);
        this.fences = new Fences(area);
    }

    /**
     * Opens the data files for reading. That the replicas are stopped is the embedder's word; a lock that another process
     * is seen to hold disproves it.
     *
     * @throws FailedException {@link ErrorCode#IMAGE_LOCKED} with file and process, or {@link ErrorCode#IMAGE_UNREADABLE}
     */
    @Override
    public Capture capture(Attempt attempt) {
        requireOurs(attempt.database());
        return new Capture.Ready(List.copyOf(captured.computeIfAbsent(attempt, a -> openAll())));
    }

    private List<StoppedImage> openAll() {
        // Nothing is acknowledged by a stopped replica, so whatever was before now is in the files.
        Instant now = clock.instant();
        List<StoppedImage> images = new ArrayList<>();
        try {
            for (int i = 0; i < place.replicas(); i++) {
                images.add(open(place.live(i), now));
            }
            return List.copyOf(images);
        } catch (FailedException e) {
            closeAll(images);
            throw e;
        }
    }

    private StoppedImage open(Path file, Instant now) {
        Optional<String> holder;
        StoppedImage image;
        try {
            image = StoppedImage.open(file, String.valueOf(file.getFileName()), now);
            holder = locks.holder(file);
        } catch (IOException e) {
            throw new FailedException(ErrorCode.IMAGE_UNREADABLE, "Cannot read " + file + ": " + e + ".", e);
        }
        if (holder.isPresent()) {
            closeAll(List.of(image));
            throw new FailedException(
                    ErrorCode.IMAGE_LOCKED,
                    "Cannot take an image of " + file + ": process " + holder.get()
                            + " holds a lock on it. Stop the replica, or take images of another kind.");
        }
        return image;
    }

    private static void closeAll(List<StoppedImage> images) {
        for (StoppedImage image : images) {
            try {
                image.close();
            } catch (IOException e) {
                // It was open for reading only: nothing can be lost by not closing it.
            }
        }
    }

    @Override
    public void release(Attempt attempt) {
        List<StoppedImage> images = captured.remove(attempt);
        closeAll(images == null ? List.of() : images);
    }

    @Override
    public HostAnswer move(RestoreCall call) {
        return step(call, () -> control.profile(call, DatabaseStatus.PROVISIONING));
    }

    @Override
    public Staging stage(RestoreCall call, int replicas) throws IOException {
        requireOurs(call.database());
        if (replicas != place.replicas()) {
            throw InvalidRequestException.of(
                    "staging", "of " + replicas + " replicas", "the cluster has " + place.replicas());
        }
        return fences.behind(call, () -> openStaging(call))
                .orElseThrow(() -> new IOException("another worker is acting in " + area.root()));
    }

    private Staging openStaging(RestoreCall call) throws IOException {
        disk.makeDirectory(area.staged(call));
        return new StagingDirectory(place, area.staged(call), disk, () -> fences.requireLatest(call));
    }

    @Override
    public HostAnswer fenceOld(RestoreCall call) {
        return step(call, () -> stopped(call));
    }

    /** Stopped is what the control says, and no lock contradicts. */
    private HostAnswer stopped(RestoreCall call) throws IOException {
        HostAnswer answer = control.stop(call);
        for (int i = 0; answer instanceof HostAnswer.Done && i < place.replicas(); i++) {
            Path live = place.live(i);
            Optional<String> holder = Area.exists(live) ? locks.holder(live) : Optional.empty();
            if (holder.isPresent()) {
                return HostAnswer.failed("process " + holder.get() + " still holds a lock on " + live + ".");
            }
        }
        return answer;
    }

    @Override
    public HostAnswer swap(RestoreCall call) {
        return step(call, () -> swapOf(call).forward());
    }

    @Override
    public HostAnswer start(RestoreCall call) {
        return step(
                call,
                () -> swapOf(call).isDone()
                        ? control.start(call)
                        : HostAnswer.failed("the restored files are not all in place."));
    }

    @Override
    public HostAnswer confirm(RestoreCall call) {
        return step(call, () -> control.confirm(call));
    }

    @Override
    public HostAnswer open(RestoreCall call) {
        return step(call, () -> then(control.open(call), call, DatabaseStatus.ACTIVE));
    }

    @Override
    public HostAnswer release(RestoreCall call) {
        return step(call, () -> swapOf(call).release());
    }

    @Override
    public HostAnswer fenceRestored(RestoreCall call) {
        return step(call, () -> stopped(call));
    }

    @Override
    public HostAnswer swapBack(RestoreCall call) {
        return step(call, () -> swapOf(call).back());
    }

    @Override
    public HostAnswer moveBack(RestoreCall call, DatabaseStatus statusBefore) {
        return step(call, () -> then(control.resume(call), call, statusBefore));
    }

    private HostAnswer then(HostAnswer first, RestoreCall call, DatabaseStatus status) {
        return first instanceof HostAnswer.Done ? control.profile(call, status) : first;
    }

    private Swap swapOf(RestoreCall call) {
        return new Swap(place, area, disk, call);
    }

    private HostAnswer step(RestoreCall call, Fences.Step<HostAnswer> step) {
        requireOurs(call.database());
        try {
            return fences.behind(call, step)
                    .orElseGet(() -> HostAnswer.pending("another worker is acting in " + area.root(), SOON));
        } catch (IOException e) {
            return HostAnswer.failed("working in " + place.directory() + " failed: " + e + ".");
        }
    }

    private void requireOurs(DatabaseId database) {
        if (!database.equals(place.database())) {
            throw InvalidRequestException.of("database", database.value(), "this directory holds " + place.database());
        }
    }
}
