package io.parix.backup.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The rounds on one kind of database, one after the other. */
final class Lane implements Callable<Tally> {
    private final Path folder;
    private final Database database;
    private final Urls urls;
    private final int kills;
    private final Random random;
    private final Tally tally = new Tally();
    private Duration life = Duration.ZERO;

    /** Makes room for empty catalogs. */
    interface Urls {
        String empty(Path round) throws Exception;
    }

    /** What a lane is to do. */
    record Order(Database database, int kills, long seed) {}

    Lane(Path folder, Order order, Urls urls) {
        this.folder = folder;
        this.database = order.database();
        this.kills = order.kills();
        this.random = new Random(order.seed() * 31 + order.database().processes());
        this.urls = urls;
    }

    @Override
    public Tally call() throws Exception {
        long begin = System.nanoTime();
        int number = 0;
        for (List<Moment> moments : KillPlan.of(kills, random)) {
            number++;
            RoundFolder round = new RoundFolder(
                    Files.createDirectories(folder.resolve("round-" + number)).toAbsolutePath());
            play(round, moments);
            remove(round.root());
        }
        tally.took(Duration.ofNanos(System.nanoTime() - begin));
        return tally;
    }

    private void play(RoundFolder folderOfRound, List<Moment> moments) throws Exception {
        try {
            folderOfRound.make();
            String url = urls.empty(folderOfRound.root());
            killAll(folderOfRound, url, moments);
            List<String> wrong = RoundAudit.of(folderOfRound, url, tally);
            if (!wrong.isEmpty()) {
                throw new KillRunFailedException(String.join("\n", wrong));
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new KillRunFailedException(
                    "On " + database + ", in a round of " + moments + ", kept in " + folderOfRound.root() + ":\n"
                            + e.getMessage(),
                    e);
        }
    }

    private void killAll(RoundFolder folderOfRound, String url, List<Moment> moments)
            throws IOException, InterruptedException {
        try (Round round = new Round(folderOfRound, url, random)) {
            round.begin(database.processes());
            if (life.isZero()) {
                life = round.measure();
            }
            for (Moment moment : moments) {
                round.kill(moment, life);
                tally.killed(moment);
            }
            round.finish();
        }
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
