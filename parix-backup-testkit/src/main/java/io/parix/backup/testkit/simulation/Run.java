package io.parix.backup.testkit.simulation;

import io.parix.backup.spi.catalog.DueQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One run: turns are taken until its days are over, then everything goes well until all is quiet, and then it is looked at. */
final class Run implements AutoCloseable {
    private static final int MOST_TURNS = 60_000;
    private static final double USERS = 0.12;
    private static final Duration IDLE = Duration.ofHours(1);

    private final Plan plan;
    private final World world;
    private final Choices choices;
    private final Users users;
    private final List<Node> workers = new ArrayList<>();
    private Node front;
    private int nodes;
    private int turns;

    Run(Plan plan, Choices choices, UnaryOperator<Ports> ports, Patience patience) {
        this.plan = plan;
        this.choices = choices;
        this.world = new World(plan, choices, ports, patience);
        this.users = new Users(world);
        for (int i = 0; i < plan.workers(); i++) {
            workers.add(node("worker"));
        }
        front = node("front");
    }

    private Node node(String role) {
        nodes++;
        return new Node(world, role + "-" + nodes, nodes);
    }

    Node front() {
        return front;
    }

    /** Every process ends, and others take their places. */
    void startAnew() {
        all().forEach(Node::kill);
        replaceTheDead();
    }

    World world() {
        return world;
    }

    int turns() {
        return turns;
    }

    NavigableMap<Long, Integer> taken() {
        return choices.taken();
    }

    /** Goes through to the end, or to the first violation. */
    Optional<Violation> go() {
        Instant end = plan.begin().plus(Duration.ofDays(plan.days()));
        while (goesOn() && world.now().isBefore(end)) {
            turn();
        }
        if (goesOn()) {
            new Settling(this).settle();
        }
        return world.watch().violation();
    }

    boolean goesOn() {
        if (++turns > MOST_TURNS) {
            world.watch().violated(Invariant.RUN_ENDS, "still busy after " + MOST_TURNS + " turns at " + world.now());
        }
        return world.watch().violation().isEmpty();
    }

    private void turn() {
        replaceTheDead();
        List<Runnable> moves = new ArrayList<>();
        for (Node each : all()) {
            if (each.suspended()) {
                moves.add(each::resume);
            }
        }
        boolean interrupted = !moves.isEmpty();
        moves.addAll(ordinary());
        int pick = interrupted ? choices.among(moves.size() + 1) : choices.unusual(USERS, 2);
        if (pick < moves.size() && interrupted) {
            moves.get(pick).run();
        } else if (interrupted || pick == 1) {
            user();
        } else if (pick == 2) {
            users.act();
        } else {
            moves.get(0).run();
        }
    }

    /** What goes on where nothing is unusual; the first of it is next. */
    List<Runnable> ordinary() {
        List<Runnable> moves = new ArrayList<>();
        for (Node each : workers) {
            boolean due =
                    world.wakes().next().filter(at -> !at.isAfter(world.now())).isPresent();
            if (each.idle() && due) {
                moves.add(() -> world.wakes()
                        .take(world.now())
                        .ifPresent(job -> each.begin(() -> each.inbox().look(job))));
            }
        }
        moves.add(this::advance);
        return moves;
    }

    private void advance() {
        Instant hour = world.now().plus(IDLE);
        Instant to = world.wakes().next().filter(at -> at.isBefore(hour)).orElse(hour);
        world.passTo(to.isAfter(world.now()) ? to : world.now().plusMillis(1));
        tick();
    }

    void tick() {
        for (Node each : workers) {
            if (each.idle()) {
                each.begin(each.inbox()::tick);
            }
        }
    }

    private void user() {
        if (front.idle()) {
            front.begin(users.ask(front.engine()));
        } else {
            users.act();
        }
    }

    private List<Node> all() {
        List<Node> all = new ArrayList<>(workers);
        all.add(front);
        return all;
    }

    void replaceTheDead() {
        for (int i = 0; i < workers.size(); i++) {
            if (workers.get(i).dead() && !workers.get(i).suspended()) {
                workers.get(i).close();
                workers.set(i, node("worker"));
            }
        }
        if (front.dead() && !front.suspended()) {
            front.close();
            front = node("front");
        }
    }

    /** Lets everything end that was interrupted, and users go home. */
    void calm() {
        world.calm();
        users.goHome();
        for (Node each : all()) {
            while (each.suspended() && goesOn()) {
                each.resume();
            }
        }
        // What they had asked for when they were interrupted has come true by now.
        users.goHome();
        replaceTheDead();
    }

    /** Runs what is due. */
    void quiet() {
        tick();
        Optional<Instant> next = world.wakes().next();
        while (next.filter(at -> !at.isAfter(world.now())).isPresent() && goesOn()) {
            ordinary().get(0).run();
            next = world.wakes().next();
        }
    }

    boolean busy() {
        return !world.catalog().due(DueQuery.everywhere(100)).isEmpty();
    }

    @Override
    public void close() {
        all().forEach(Node::close);
        world.ports().close();
    }
}
