package io.parix.backup.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Processes of one catalog, killed one after the other, until the last one brings everything to its end. */
final class Round implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RoundFolder folder;
    private final String url;
    private final Random random;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private int orders;

    Round(RoundFolder folder, String url, Random random) {
        this.folder = folder;
        this.url = url;
        this.random = random;
    }

    /** Starts the processes that share the catalog. */
    void begin(int processes) throws IOException {
        for (int i = 0; i < processes; i++) {
            nodes.add(NodeProcess.start(folder, url));
        }
    }

    /** Lets a backup and a restore pass unharmed, and answers how long that takes from the start of a process. */
    Duration measure() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        nodes.get(0).await(Node.CYCLE);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Kills a process at a moment, or at any instant of a life as long as given, and starts another in its place. */
    void kill(Moment moment, Duration life) throws IOException, InterruptedException {
        int victim = moment == Moment.RANDOM ? random(life) : at(moment);
        nodes.get(victim).kill();
        nodes.set(victim, NodeProcess.start(folder, url));
        for (NodeProcess node : nodes) {
            node.tell(Node.FORGET);
        }
    }

    /** The process that was started last has the whole of its life before it. */
    private int random(Duration life) throws InterruptedException {
        int victim = nodes.size() == 1 ? 0 : random.nextInt(nodes.size());
        nodes.get(victim).leaveAlone(life.multipliedBy(random.nextInt(1_000)).dividedBy(1_000));
        return victim;
    }

    /** Whoever comes to the moment first. */
    private int at(Moment moment) throws IOException, InterruptedException {
        String words = Announcer.words(moment, ++orders);
        for (NodeProcess node : nodes) {
            node.tell(Node.MOMENT + words);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (int i = 0; i < nodes.size(); i++) {
                if (nodes.get(i).poll(Announcer.AT + words + " ", LOOK)) {
                    return i;
                }
            }
        }
        throw new KillRunFailedException("No process came to " + moment + " within " + PATIENCE + ": " + nodes);
    }

    /** No more kills: the processes bring everything to its end, and end. */
    void finish() throws IOException, InterruptedException {
        for (NodeProcess node : nodes) {
            node.tell(Node.FINISH);
        }
        for (NodeProcess node : nodes) {
            node.awaitEnd();
        }
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }
}
