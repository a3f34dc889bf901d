package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.PageFixture.codes;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Page;
import io.parix.backup.PageRow;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.spi.ErrorKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of a database in every state that it can be in, after every kind of job that it can have had last. */
class PageStatesTest {
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;

    /**
     * What the host says of the database.
     *
     * @param name in a test's name
     * @param come lets it say so
     * @param againstBackup the codes of what speaks against a new backup because of it
     * @param againstRestore the codes of what speaks against a restore because of it
     * @param againstBoth the codes of what speaks against both where nothing is known to be active
     */
    private record State(
            String name,
            Consumer<EngineFixture> come,
            Set<String> againstBackup,
            Set<String> againstRestore,
            Set<String> againstBoth) {
        private static State status(String code) {
            boolean active = code.equals(DatabaseStatus.ACTIVE.code());
            return new State(
                    code,
                    engine -> engine.host.change(
                            DATABASE, profile -> Profiles.withStatus(profile, new DatabaseStatus(code))),
                    active ? Set.of() : Set.of("not-active"),
                    active ? Set.of() : Set.of("status-not-restorable"),
                    Set.of());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<State> STATES = List.of(
            State.status("active"),
            State.status("provisioning"),
            State.status("known-to-the-host-alone"),
            new State(
                    "deleted",
                    engine -> engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant())),
                    Set.of("database-deleted", "status-not-known", "provider-not-known"),
                    Set.of("no-current-profile"),
                    Set.of()),
            new State(
                    "unknown",
                    engine -> engine.host.say(DATABASE, new DatabaseFacts.Unknown("the directory is down")),
                    Set.of("database-unknown", "status-not-known", "provider-not-known"),
                    Set.of("no-current-profile"),
                    Set.of("workflows-not-known")));

    /**
     * What was asked for last, and how far it has come.
     *
     * @param name in a test's name
     * @param happen lets it come so far
     * @param active whether it holds the database
     * @param againstItself the codes of what speaks against a restore of that very backup
     */
    private record Last(String name, Consumer<EngineFixture> happen, boolean active, Set<String> againstItself) {
        private static Last done(String name, Consumer<EngineFixture> happen) {
            return new Last(name, happen, false, Set.of());
        }

        private static Last active(String name, Consumer<EngineFixture> happen) {
            return new Last(name, happen, true, Set.of("backup-not-completed", "metadata-not-captured"));
        }

        private static Backup newest(EngineFixture engine) {
            return engine.parix.backups().history(DATABASE, 1).get(0);
        }

        private static void failedBackup(EngineFixture engine) {
            engine.faults.add(fail("putIfAbsent").with(refused(ErrorKind.DENIED, "No writing.")));
            engine.backup();
            engine.faults.clear();
        }

        private static void restoreThat(EngineFixture engine, HostAnswer confirmed) {
            engine.faults.add(answer("RestoreHost.confirm", first(1)).with(confirmed));
            engine.requestRestore(newest(engine));
            engine.dispatcher.runNext();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Last> LAST = List.of(
            Last.done("nothing else", engine -> {}),
            Last.active("a backup queued", EngineFixture::request),
            Last.active("a backup running", engine -> {
                engine.faults.add(answer("capture", first(1)).with(new Capture.Pending("cutting", WAIT)));
                engine.request();
                engine.dispatcher.runNext();
            }),
            Last.done("a backup completed", EngineFixture::backup),
            new Last("a backup failed", Last::failedBackup, false, Set.of("backup-failed")),
            Last.active("a restore queued", engine -> engine.requestRestore(Last.newest(engine))),
            Last.active(
                    "a restore running",
                    engine -> Last.restoreThat(engine, HostAnswer.pending("replica 2 catches up", WAIT))),
            Last.done("a restore completed", engine -> engine.restore(Last.newest(engine))),
            Last.done("a restore undone", engine -> Last.restoreThat(engine, HostAnswer.failed("no quorum."))),
            Last.active(
                    "an import",
                    engine -> engine.parix.occupy(DATABASE, new Workflow(WorkflowKind.IMPORT, "import-7"))));

    static Stream<Arguments> states() {
        return STATES.stream().flatMap(state -> LAST.stream().map(last -> Arguments.of(state, last)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(
            name = "D1 D2 D3 H2 {0}, {1}: the page offers what a request grants, and names every reason why not")
    @MethodSource("states")
    void page(State state, Last last) {
        BackupId sound = engine.backup().id();
        last.happen().accept(engine);
        state.come().accept(engine);

        Page page = fixture.page();

        Set<String> occupied = last.active() ? Set.of("workflow-active") : state.againstBoth();
        assertThat(codes(page.create().failures()))
                .containsExactlyInAnyOrderElementsOf(both(state.againstBackup(), occupied));
        assertThat(page.rows().stream().map(row -> row.backup().id())).contains(sound);
        for (PageRow row : page.rows()) {
            boolean itself = !row.backup().id().equals(sound);
            Set<String> own = itself ? last.againstItself() : Set.of();
            assertThat(against(row)).containsAll(both(state.againstRestore(), both(own, occupied)));
            assertThat(row.restorable()).isEqualTo(against(row).isEmpty());
            assertThat(row.restore().failures()).extracting(Check::sentence).noneMatch(String::isBlank);
            assertThat(against(row))
                    .isEqualTo(new HashSet<>(codes(engine.parix
                            .restores()
                            .eligibility(row.backup().id())
                            .failures())));
        }
        assertThat(page.create()).isEqualTo(engine.parix.backups().availability(DATABASE, EngineFixture.ACTOR));
    }

    private static Set<String> against(PageRow row) {
        return new HashSet<>(codes(row.restore().failures()));
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }
}
