package io.parix.backup.testkit.simulation;

import io.parix.backup.Actor;
import io.parix.backup.DatabaseId;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.spi.catalog.HistoryQuery;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A run that is told what happens instead of leaving it to chance. Its database is the second one, which has three replicas. */
final class Stage {
    static final Actor ADA = new Actor("ada");

    private static final int DATABASE = 1;
    private static final Duration PATIENCE = Duration.ofHours(3);
    private static final int MOST_TRIES = 4;

    private final Run run;

    Stage(Run run) {
        this.run = run;
    }

    World world() {
        return run.world();
    }

    DatabaseId database() {
        return world().databases().get(DATABASE);
    }

    /** Asks an engine; whoever asks asks again where that one dies before it answers. */
    void ask(Consumer<ParixBackup> question) {
        for (int i = 0; i < MOST_TRIES; i++) {
            run.replaceTheDead();
            Node front = run.front();
            front.begin(() -> question.accept(front.engine()));
            if (!front.dead()) {
                return;
            }
        }
        throw new IllegalStateException("Every process dies that is asked");
    }

    /** Lets the workers work until no job is under way, a few hours at most. */
    void work() {
        for (Duration gone = Duration.ZERO; gone.compareTo(PATIENCE) < 0 && busy(); gone = gone.plusMinutes(1)) {
            run.replaceTheDead();
            run.quiet();
            world().pass(Duration.ofMinutes(1));
        }
    }

    private boolean busy() {
        return world().catalog().occupant(database()).isPresent();
    }

    /** Lets time pass, and the workers do what comes due on the way. */
    void pass(Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plusHours(1)) {
            world().pass(Duration.ofHours(1));
            run.quiet();
        }
    }

    /** A worker takes its turn on what is due, until it pauses. */
    void step() {
        run.ordinary().get(0).run();
    }

    /** The catalog is gone, and every process starts anew on an empty one. */
    void loseCatalog() {
        world().loseCatalog();
        run.startAnew();
    }

    /** The host writes to its database. */
    void write(int version) {
        world().fleet().write(database(), version);
    }

    List<JobRecord> rows(JobKind kind) {
        return world().catalog().history(HistoryQuery.newest(database(), kind, 100));
    }

    void violated(String detail) {
        world().watch().violated(Invariant.ENDS_AS_ASKED, detail);
    }
}
