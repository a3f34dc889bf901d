package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.ImageTrial.prints;
import static io.parix.backup.testkit.contract.ImageTrial.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.BackupException;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.Image;
import io.parix.backup.host.ReplicaImages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirements IMG-01 to IMG-06 and IMG-11 to IMG-16: which images an attempt gets, and for how long. */
public interface CaptureContract extends ReplicaImagesFixture {
    @Test
    @DisplayName("IMG-01 there is one image per replica, and it is the whole data file")
    default void capturesEveryReplica() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        assertThat(prints(trial.ready(trial.attempt("b1", 1)))).isEqualTo(sorted(trial.before));
    }

    @Test
    @DisplayName("IMG-02 an attempt that asks again gets the same images, whatever was written meanwhile")
    default void isIdempotent() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        Attempt attempt = trial.attempt("b1", 1);
        List<Image> first = trial.ready(attempt);
        Instant cut = now();
        elapse(Duration.ofSeconds(1));
        boolean written = trial.write(100);
        List<Image> second = trial.ready(attempt);
        assertThat(prints(second)).isEqualTo(sorted(trial.before));
        assertThat(prints(first)).isEqualTo(sorted(trial.before));
        assertThat(second).allSatisfy(image -> assertCutBefore(image, written ? cut : now()));
    }

    private static void assertCutBefore(Image image, Instant cut) {
        assertThat(image.cutNotBefore())
                .as("the instant before which everything is in %s", image.name())
                .isBeforeOrEqualTo(cut);
    }

    @Test
    @DisplayName("IMG-03 an attempt that asks in another process gets the same images there")
    default void isIdempotentEverywhere() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        Attempt attempt = trial.attempt("b1", 1);
        assertThat(trial.ready(attempt)).hasSameSizeAs(trial.before);
        Instant cut = now();
        elapse(Duration.ofSeconds(1));
        boolean written = trial.write(100);
        Optional<ReplicaImages> other = again(trial.images);
        assumeTrue(other.isPresent(), "not verified: the fixture opens a host once only");
        List<Image> there = trial.ready(other.get(), attempt, List.of());
        assertThat(prints(there)).isEqualTo(sorted(trial.before));
        assertThat(there).allSatisfy(image -> assertCutBefore(image, written ? cut : now()));
        other.get().release(attempt);
        trial.images.release(attempt);
    }

    @Test
    @DisplayName("IMG-04 an image does not move while it is held, whatever the replicas write")
    default void standsStill() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        List<Image> images = trial.ready(trial.attempt("b1", 1));
        assertThat(prints(images)).isEqualTo(sorted(trial.before));
        assumeTrue(trial.write(100), "not verified: nothing writes while images are held");
        assertThat(prints(images)).isEqualTo(sorted(trial.before));
        assumeTrue(trial.write(300), "not verified: nothing writes while images are held");
        assertThat(prints(images)).isEqualTo(sorted(trial.before));
    }

    @Test
    @DisplayName("IMG-05 another attempt gets images of its own, cut when it asked, and its end leaves the others'")
    default void keepsAttemptsApart() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        List<Image> first = trial.ready(trial.attempt("b1", 1));
        boolean written = trial.write(100);
        List<String> now = sorted(trial.live());
        List<Image> second = trial.ready(trial.attempt("b1", 2));
        List<Image> otherBackups = trial.ready(trial.attempt("b2", 1));
        assertThat(prints(second)).isEqualTo(now);
        assertThat(prints(otherBackups)).isEqualTo(now);
        assertThat(prints(first).equals(now)).isEqualTo(!written);
        trial.images.release(trial.attempt("b1", 1));
        assertThat(prints(second)).isEqualTo(now);
        trial.images.release(trial.attempt("b1", 2));
        assertThat(prints(otherBackups)).isEqualTo(now);
    }

    @Test
    @DisplayName("IMG-06 everything that was written before an image's instant is in the image")
    default void datesHonestly() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        assertThat(trial.ready(trial.attempt("b1", 1))).allSatisfy(image -> assertCutBefore(image, now()));
        trial.images.release(trial.attempt("b1", 1));
        elapse(Duration.ofSeconds(1));
        assumeTrue(trial.write(100), "not verified: the fixture changes no live file");
        Instant written = now();
        List<String> live = trial.live();
        elapse(Duration.ofSeconds(1));
        for (Image image : trial.ready(trial.attempt("b1", 2))) {
            assertCutBefore(image, now());
            if (!image.cutNotBefore().isBefore(written)) {
                assertThat(HostTrial.prints(List.of(ImageTrial.bytes(image)))).isSubsetOf(live);
            }
        }
    }

    @Test
    @DisplayName("IMG-06 an image keeps its instant")
    default void keepsItsInstant() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        Image image = trial.ready(trial.attempt("b1", 1)).get(0);
        Instant cut = image.cutNotBefore();
        elapse(Duration.ofSeconds(1));
        assertThat(image.cutNotBefore()).isEqualTo(cut);
    }

    @Test
    @DisplayName("IMG-11 releasing again, or what was never captured, or of no database, does nothing")
    default void releasesAnything() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        trial.images.release(trial.attempt("b0", 1));
        List<Image> held = trial.ready(trial.attempt("b1", 10));
        trial.images.release(trial.attempt("b1", 1));
        trial.images.release(ImageTrial.attempt(neighbour(), "b1", 10));
        trial.images.release(ImageTrial.attempt(new DatabaseId("no-such-db"), "b1", 10));
        trial.write(100);
        assertThat(prints(held)).isEqualTo(sorted(trial.before));
        assertThat(prints(trial.ready(trial.attempt("b1", 10)))).isEqualTo(sorted(trial.before));
        List<String> live = trial.live();
        trial.images.release(trial.attempt("b1", 10));
        trial.images.release(trial.attempt("b1", 10));
        assertThat(trial.live()).isEqualTo(live);
    }

    @Test
    @DisplayName("IMG-12 an attempt that was released is refused, or gets whole images again")
    default void capturesAfterRelease() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        Attempt attempt = trial.attempt("b1", 1);
        assertThat(trial.ready(attempt)).hasSameSizeAs(trial.before);
        trial.images.release(attempt);
        try {
            assertThat(prints(trial.ready(attempt))).isEqualTo(sorted(trial.before));
        } catch (BackupException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        trial.images.release(attempt);
        assertThat(prints(trial.ready(trial.attempt("b1", 2)))).isEqualTo(sorted(trial.before));
    }

    @Test
    @DisplayName("IMG-13 images that are not there yet say what is waited for and when to look again, and come")
    default void saysWhatItWaitsFor() throws Exception {
        ImageTrial trial = ImageTrial.of(this, slowImages(), "that take time");
        Attempt attempt = trial.attempt("b1", 1);
        Capture first = trial.images.capture(attempt);
        assertThat(first).isInstanceOf(Capture.Pending.class);
        ImageTrial.assertTellsWhen((Capture.Pending) first);
        assertThat(prints(trial.ready(attempt))).isEqualTo(sorted(trial.before));
    }

    @Test
    @DisplayName("IMG-13 an attempt whose images were never there can be released")
    default void releasesWhatIsPending() throws Exception {
        ImageTrial trial = ImageTrial.of(this, slowImages(), "that take time");
        assertThat(trial.images.capture(trial.attempt("b1", 1))).isInstanceOf(Capture.Pending.class);
        trial.images.release(trial.attempt("b1", 1));
        assertThat(prints(trial.ready(trial.attempt("b1", 2)))).isEqualTo(sorted(trial.before));
    }

    @Test
    @DisplayName("IMG-14 a database that the host has not is an error that says so")
    default void refusesUnknownDatabases() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        trial.refused(ImageTrial.attempt(new DatabaseId("no-such-db"), "b1", 1));
        assertThat(prints(trial.ready(trial.attempt("b1", 1)))).isEqualTo(sorted(trial.before));
    }

    @Test
    @DisplayName("IMG-14 where one replica's image cannot be had, there are none, at each call")
    default void refusesHalfASet() throws Exception {
        Optional<ReplicaImages> lost = lostImages();
        assumeTrue(lost.isPresent(), "not verified: the fixture loses no replica");
        Optional<Integer> before = held(lost.get());
        ImageTrial trial = new ImageTrial(this, lost.get());
        Attempt attempt = trial.attempt("b1", 1);
        trial.refused(attempt);
        trial.refused(attempt);
        trial.images.release(attempt);
        assertThat(held(trial.images)).isEqualTo(before);
    }

    @Test
    @DisplayName("IMG-15 capturing, reading and releasing change no live file; each database has its own images")
    default void touchesNothing() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        List<String> beside = HostTrial.prints(live(trial.images, neighbour()));
        Attempt other = ImageTrial.attempt(neighbour(), "b7", 1);
        assertThat(prints(trial.ready(trial.attempt("b1", 1)))).isEqualTo(sorted(trial.before));
        assertThat(prints(trial.ready(other))).isEqualTo(sorted(beside));
        trial.images.release(trial.attempt("b1", 1));
        trial.images.release(other);
        assertThat(trial.live()).isEqualTo(trial.before);
        assertThat(HostTrial.prints(live(trial.images, neighbour()))).isEqualTo(beside);
    }

    @Test
    @DisplayName("IMG-16 after release nothing of the attempt is held any more, in each process that let go")
    default void letsGo() throws Exception {
        ImageTrial trial = ImageTrial.of(this);
        Optional<Integer> before = held(trial.images);
        assumeTrue(before.isPresent(), "not verified: the fixture cannot tell what is held");
        List<ReplicaImages> processes = new ArrayList<>(List.of(trial.images));
        again(trial.images).ifPresent(processes::add);
        for (ReplicaImages each : processes) {
            assertThat(prints(trial.ready(each, trial.attempt("b1", 1), List.of())))
                    .isEqualTo(sorted(trial.before));
        }
        assertThat(held(trial.images).orElseThrow()).as("held for an attempt").isGreaterThan(before.get());
        processes.forEach(each -> each.release(trial.attempt("b1", 1)));
        assertThat(held(trial.images)).isEqualTo(before);
    }
}
