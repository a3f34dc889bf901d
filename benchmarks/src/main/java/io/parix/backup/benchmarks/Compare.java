package io.parix.backup.benchmarks;

import io.parix.backup.archive.datafile.DataFileLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code benchmarks/run compare}: this library against its peers, as a table and as a section of {@code docs/performance.md}. */
public final class Compare {
    private static final double CHANGED_PERCENT = 1;
    private static final List<String> CLUSTER = List.of("3", "2000000000", "1600000000");
    private static final List<String> SMALL_CLUSTER = List.of("3", "1300000000", "100000000");

    private final CompareOptions options;
    private final Parix parix = new Parix(System.getProperty("java.class.path"), List.of());

    private Compare(CompareOptions options) {
        this.options = options;
    }

    /**
     * Compares.
     *
     * @param arguments see {@code benchmarks/run}
     */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            Path work = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "parix-compare-" + ProcessHandle.current().pid());
            new Compare(CompareOptions.parse(List.of(arguments), work)).run(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run(List<String> arguments) throws IOException, InterruptedException {
        Path work = options.work();
        if (Files.exists(work)) {
            throw new IOException(
                    "Cannot compare: the work folder " + work + " exists; it would be deleted at the end.");
        }
        try {
            switch (options.store()) {
                case LOCAL -> compare(onDisk(), arguments);
                case S3 -> {
                    try (S3Server server = S3Server.start(Files.createDirectories(work))) {
                        compare(onS3(server), arguments);
                    }
                }
                case GCS -> {
                    try (GcsServer server = GcsServer.start(Files.createDirectories(work))) {
                        compare(onGcs(server), arguments);
                    }
                }
            }
        } finally {
            Folders.delete(work);
        }
    }

    private void compare(List<Contender> contenders, List<String> arguments) throws IOException, InterruptedException {
        Path work = options.work();
        Path data = Files.createDirectories(work.resolve("data"));
        ProcessRunner processes = new ProcessRunner(work.resolve("last-command.log"));
        processes.run(List.of(prepareData(data)));
        List<Outcome> outcomes =
                new Rounds(data, work, contenders).run(options.runs(), round -> change(processes, data, round));
        report(new PerformancePage(options.store(), outcomes), arguments);
    }

    private List<Contender> onS3(S3Server server) throws IOException, InterruptedException {
        return List.of(new ParixOnServer(parix, server), new ResticOnS3(new Restic(required("restic")), server));
    }

    private List<Contender> onGcs(GcsServer server) throws IOException, InterruptedException {
        return List.of(new ParixOnServer(parix, server), new Rclone(required("rclone"), server));
    }

    /** {@return the version of a peer without which nothing is compared; Debian has it under its own name} */
    private static String required(String program) throws IOException, InterruptedException {
        return versionOf(program, "version")
                .orElseThrow(() ->
                        new IOException("Cannot compare: " + program + " is not installed (Debian: " + program + ")."));
    }

    private List<Contender> onDisk() throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        if (!options.peersOnly()) {
            if (!Parix.isThere()) {
                throw new IOException(
                        "Cannot compare: " + Parix.PROGRAM + " is not on the class path. Use --peers-only.");
            }
            contenders.add(parix);
        }
        versionOf("restic", "version").ifPresent(version -> contenders.add(new Restic(version)));
        versionOf("borg", "--version").ifPresent(version -> contenders.add(new Borg(version)));
        if (contenders.isEmpty()) {
            throw new IOException("Cannot compare: neither restic nor borg is installed (Debian: restic, borgbackup).");
        }
        return contenders;
    }

    private static Optional<String> versionOf(String program, String argument) throws InterruptedException {
        try {
            return Optional.of(ProcessRunner.answerOf(program, argument));
        } catch (IOException e) {
            System.out.println(program + " is not installed; its column is missing.");
            return Optional.empty();
        }
    }

    private Command prepareData(Path data) {
        if (options.data().isPresent()) {
            return new Command(
                    List.of(
                            "cp",
                            "--sparse=always",
                            "--recursive",
                            options.data().get() + "/.",
                            data.toString()),
                    Map.of(),
                    data);
        }
        List<String> words = new ArrayList<>(List.of("generate", data.toString()));
        words.addAll(options.quick() ? SMALL_CLUSTER : CLUSTER);
        return parix.program(data, words.toArray(String[]::new));
    }

    private void change(ProcessRunner processes, Path data, int round) throws IOException, InterruptedException {
        if (options.data().isEmpty()) {
            processes.run(List.of(parix.program(data, "change", data.toString(), Double.toString(CHANGED_PERCENT))));
            return;
        }
        for (Path file : Folders.filesIn(data)) {
            if (!file.toFile().setWritable(true)) {
                throw new IOException("Cannot change " + file + ": it cannot be made writable.");
            }
            int changed = new BlockChange(DataFileLayout.PRODUCTION, CHANGED_PERCENT, round).apply(file);
            System.out.println(file.getFileName() + ": " + changed + " blocks changed");
        }
    }

    private void report(PerformancePage page, List<String> arguments) throws IOException {
        page.table().forEach(System.out::println);
        Optional<Path> file = options.page();
        if (file.isPresent()) {
            List<String> setting = List.of(
                    "`" + options.store().command() + "`" + shown(arguments), dataWords(), options.runs() + " runs");
            String date = LocalDate.now(ZoneOffset.UTC).toString();
            PageSections.write(file.get(), page.section(date, Machine.here(), setting));
            System.out.println("Written to " + file.get());
        }
    }

    /** What the reader could type; the page stands in a repository that names no machine's folders. */
    private static String shown(List<String> arguments) {
        return arguments.contains("--data") ? " with `--data`" : "";
    }

    private String dataWords() {
        return options.data()
                .map(folder -> "data: the files of a folder given, changed in " + CHANGED_PERCENT
                        + " % of the used grid blocks")
                .orElse("data: a synthetic cluster, replicas, bytes and used bytes of each: "
                        + String.join(", ", options.quick() ? SMALL_CLUSTER : CLUSTER));
    }
}
