package io.parix.backup.examples.twonodes;

import io.parix.backup.DatabaseId;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.examples.parts.Ending;
import io.parix.backup.examples.parts.SmallDatabase;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.ReplicaImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node: an engine on the common catalog, which takes jobs as they come, until its standard input ends. That is when whoever
 * started it says so, or is gone itself.
 */
public final class Node {
    /** What a node says when it is ready for jobs. */
    static final String READY = "is ready";

    /** What it says when it begins an attempt; the attempt's number follows. */
    static final String TAKES_IMAGES = "takes images for attempt ";

    private static final String URL = "PARIX_CATALOG_URL";
    private static final String USER = "PARIX_CATALOG_USER";
    private static final String PASSWORD = "PARIX_CATALOG_PASSWORD";

    private Node() {}

    /** Hands the way to the catalog on, where no other user of the machine sees it. */
    static void handOn(DatabaseUrl place, Map<String, String> environment) {
        put(environment, URL, place.url());
        put(environment, USER, place.user());
        put(environment, PASSWORD, place.password());
    }

    private static void put(Map<String, String> environment, String key, @Nullable String value) {
        environment.remove(key);
        if (value != null) {
            environment.put(key, value);
        }
    }

    /**
     * Runs the node.
     *
     * @param args its name, where everything but the catalog lies, and the id of the database
     */
    public static void main(String[] args) {
        Site site = new Site(Path.of(args[1]), new DatabaseId(args[2]));
        System.exit(Ending.of(Node::say, () -> run(args[0], site)));
    }

    private static int run(String name, Site site) throws IOException {
        Map<String, String> environment = System.getenv();
        DatabaseUrl place =
                new DatabaseUrl(environment.getOrDefault(URL, ""), environment.get(USER), environment.get(PASSWORD));
        Site.Role role = new Site.Role(name, Set.of(SmallDatabase.REGION), Told::new);
        try (PooledCatalog pooled = PooledCatalog.open(place);
                ParixBackup parix = site.engine(pooled.catalog(), role)) {
            parix.start();
            say(READY);
            while (System.in.read() >= 0) {
                // Nothing is said to a node but that it is over.
            }
        }
        return Ending.HELD;
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Tells which attempts begin here. */
    private record Told(ReplicaImages images) implements ReplicaImages {
        @Override
        public Capture capture(Attempt attempt) {
            say(TAKES_IMAGES + attempt.number());
            return images.capture(attempt);
        }

        @Override
        public void release(Attempt attempt) {
            images.release(attempt);
        }
    }
}
