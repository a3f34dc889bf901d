package io.parix.backup.engine.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> looked = new ArrayList<>();

    /** Whoever lends a thread runs it when the test says so. */
    private Lane lane(int most) {
        return new Lane(threads::add, most, looked::add);
    }

    private void run() {
        threads.remove().run();
    }

    @Test
    @DisplayName("J5 no more threads are asked for than there may be, and they look at everything in its order")
    void atMost() {
        Lane lane = lane(2);
        List.of("a", "b", "c", "d").forEach(lane::add);
        assertThat(threads).hasSize(2);

        run();
        assertThat(looked).containsExactly("a", "b", "c", "d");
        run();
        assertThat(looked).hasSize(4);

        lane.add("e");
        run();
        assertThat(looked).endsWith("e").hasSize(5);
    }

    @Test
    @DisplayName("H5 a job that is stuck holds up none of the others while a thread is left")
    void stuckBesideOthers() {
        List<String> done = new ArrayList<>();
        Lane[] lane = new Lane[1];
        lane[0] = new Lane(threads::add, 2, job -> {
            if (job.equals("stuck")) {
                // Others come, and another thread looks at them, while this one is in the middle of it.
                lane[0].add("next");
                threads.removeLast().run();
                assertThat(done).containsExactly("next");
            }
            done.add(job);
        });
        lane[0].add("stuck");

        run();

        assertThat(done).containsExactly("next", "stuck");
    }

    @Test
    @DisplayName("J5 each job waits once, and what finds the queue full is left to the reconciler")
    void fullQueue() {
        Lane lane = lane(1);
        IntStream.range(0, 2).forEach(twice -> IntStream.range(0, 1_001).forEach(i -> lane.add("j" + i)));

        run();

        assertThat(looked).hasSize(1_000).endsWith("j999");
        assertThat(threads).isEmpty();
        lane.add("j1000");
        run();
        assertThat(looked).endsWith("j1000");
    }

    @Test
    @DisplayName("I3 an executor that takes nothing more keeps no place, so that jobs run where it takes them again")
    void rejected() {
        boolean[] closed = {true};
        Lane lane = new Lane(
                task -> {
                    if (closed[0]) {
                        throw new RejectedExecutionException("closed");
                    }
                    threads.add(task);
                },
                1,
                looked::add);
        lane.add("a");

        closed[0] = false;
        lane.add("b");
        run();
        assertThat(looked).containsExactly("b");
    }

    @Test
    @DisplayName("H5 an error that ends a thread costs that look alone: the next job finds its place free")
    void errorEndsAThread() {
        Lane lane = new Lane(threads::add, 1, job -> {
            looked.add(job);
            if (job.equals("bad")) {
                throw new OutOfMemoryError("told by the test");
            }
        });
        lane.add("bad");
        lane.add("waiting");
        assertThatThrownBy(this::run).isInstanceOf(OutOfMemoryError.class);

        lane.add("next");
        run();
        assertThat(looked).containsExactly("bad", "waiting", "next");
    }
}
