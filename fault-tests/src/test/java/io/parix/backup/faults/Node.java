package io.parix.backup.faults;

import io.parix.backup.BackupEvent;
import io.parix.backup.engine.ParixBackup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process of a control plane, which asks for backups and restores of the databases of a round without end, and is killed.
 *
 * <p>It is told what to do line by line: {@code moment M 7} makes it announce M and stop there, {@code forget} makes it go on, {@code finish} makes it ask for no
 * more, bring everything to its end, say {@link #DONE} and end. It ends at once with the process that tells it.
 */
public final class Node {
    static final String READY = "READY";
    static final String CYCLE = "CYCLE";
    static final String DONE = "DONE";
    static final String FINISH = "finish";
    static final String MOMENT = "moment ";
    static final String FORGET = "forget";

    private static final int ORPHANED = 3;

    private Node() {}

    /**
     * Runs a process.
     *
     * @param arguments the folder of the round and the URL of its catalog
     */
    public static void main(String[] arguments) throws Exception {
        RoundFolder folder = new RoundFolder(Path.of(arguments[0]));
        Announcer announcer = new Announcer(System.out);
        NodeHost host = new NodeHost(folder, announcer);
        BlockingQueue<BackupEvent> events = new LinkedBlockingQueue<>();
        AtomicBoolean finishing = new AtomicBoolean();
        try (CatalogPlace place = CatalogPlace.open(arguments[1]);
                ParixBackup parix = NodeEngine.of(
                                folder, place, host, new Probes(announcer, host::disturb, finishing::get))
                        .listener(events::add)
                        .build()
                        .start()) {
            Requests requests = new Requests(parix, folder, place.catalog(), announcer, events, finishing::get);
            listen(announcer, finishing);
            announcer.say(READY);
            requests.untilFinished();
            announcer.say(DONE);
        }
        System.exit(0);
    }

    private static void listen(Announcer announcer, AtomicBoolean finishing) {
        Thread ears = new Thread(() -> hear(announcer, finishing), "ears");
        ears.setDaemon(true);
        ears.start();
    }

    private static void hear(Announcer announcer, AtomicBoolean finishing) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(FINISH)) {
                    finishing.set(true);
                } else if (line.startsWith(MOMENT)) {
                    announcer.want(line.substring(MOMENT.length()));
                } else if (line.equals(FORGET)) {
                    announcer.forget();
                }
            }
        } catch (IOException e) {
            announcer.say("Cannot hear: " + e);
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
