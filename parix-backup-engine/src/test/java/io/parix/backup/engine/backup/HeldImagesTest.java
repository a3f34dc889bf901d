package io.parix.backup.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.ReplicaImages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeldImagesTest {
    private static final Attempt ATTEMPT = new Attempt(new DatabaseId("db"), new BackupId("b1"), 1);

    private final List<String> log = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private Runnable onRelease = () -> {};
    private final HeldImages images = new HeldImages(new ReplicaImages() {
        @Override
        public Capture capture(Attempt attempt) {
            meanwhile.run();
            log.add("capture");
            return new Capture.Pending("cutting", Duration.ofMinutes(1));
        }

        @Override
        public void release(Attempt attempt) {
            onRelease.run();
            log.add("release");
        }
    });

    @Test
    @DisplayName("B3 B5 images that the host hands out after their attempt was let go of are let go of once more")
    void letGoMeanwhile() {
        meanwhile = () -> images.release(ATTEMPT);

        images.capture(ATTEMPT, List.of());
        images.releaseOver(attempt -> true);
        images.releaseOver(attempt -> true);

        assertThat(log).containsExactly("release", "capture", "release");
    }

    @Test
    @DisplayName("B3 what the host could not let go of is tried again")
    void failing() {
        images.capture(ATTEMPT, List.of());
        onRelease = () -> {
            throw new IllegalStateException("the host is down");
        };
        assertThatThrownBy(() -> images.release(ATTEMPT)).hasMessage("the host is down");
        onRelease = () -> {};

        images.releaseOver(attempt -> true);

        assertThat(log).containsExactly("capture", "release");
    }

    @Test
    @DisplayName("B3 what the host cannot let go of is asked for once in each look, however much of it there is")
    void asksOnceInALook() {
        for (int i = 0; i < 100; i++) {
            images.capture(new Attempt(new DatabaseId("db"), new BackupId("b" + i), 1), List.of());
        }
        List<String> asked = new ArrayList<>();
        onRelease = () -> {
            asked.add("once more");
            assertThat(asked).hasSizeLessThanOrEqualTo(100);
            throw new IllegalStateException("the host is down");
        };

        images.releaseOver(attempt -> true);
        assertThat(asked).hasSize(100);
        asked.clear();
        images.releaseOver(attempt -> true);
        assertThat(asked).hasSize(100);
    }
}
