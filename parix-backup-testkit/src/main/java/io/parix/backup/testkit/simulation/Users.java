package io.parix.backup.testkit.simulation;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.OrganizationId;
import io.parix.backup.PageRequest;
import io.parix.backup.Restore;
import io.parix.backup.RestoreAnswer;
import io.parix.backup.RestoreId;
import io.parix.backup.RestoreRequest;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionPreview;
import io.parix.backup.VerificationLevel;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.fault.Damage;
import io.parix.backup.testkit.store.InMemoryObjectStore;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What users, hosts and bad luck do between the engines' own turns. */
final class Users {
    private static final Workflow IMPORT = new Workflow(WorkflowKind.IMPORT, "import");
    private static final Actor ADA = new Actor("ada");
    private static final List<String> TIMES = List.of("01:30", "02:30", "10:00", "23:59");
    private static final List<String> ZONES = List.of("Europe/Berlin", "UTC", "America/New_York");
    private static final List<RetentionPeriod> PERIODS =
            List.of(RetentionPeriod.days(1), RetentionPeriod.days(2), RetentionPeriod.days(7), RetentionPeriod.never());

    /** There is nothing to ask for. */
    static final class NothingThere extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        NothingThere() {
            super("nothing to choose from");
        }
    }

    private record Deed(String name, Consumer<ParixBackup> act) {}

    private final World world;
    private final Choices choices;
    private final List<Deed> asked = new ArrayList<>();
    private final List<Runnable> done = new ArrayList<>();
    private int versions;

    Users(World world) {
        this.world = world;
        this.choices = world.choices();
        ask("request-backup", 6, this::backup);
        ask("request-restore", 10, this::restore);
        ask("restore-misnamed", 1, this::misname);
        ask("cancel", 1, this::cancel);
        ask("hold", 2, engine -> engine.backups().hold(any(engine).id(), ADA));
        ask("delete", 2, this::deleteBackup);
        ask("lift", 1, engine -> engine.backups().lift(any(engine).id(), ADA));
        ask("verify", 1, engine -> engine.backups().verify(any(engine).id(), VerificationLevel.READ_BACK, ADA));
        ask("retention", 2, engine -> engine.retention().change(OrganizationId.EVERYBODY, one(PERIODS), ADA));
        ask("retention-default", 1, engine -> engine.retention().useDefault(OrganizationId.EVERYBODY, ADA));
        ask("retention-preview", 1, this::preview);
        ask("retention-undo", 1, engine -> engine.retention().undo(OrganizationId.EVERYBODY, ADA));
        ask("schedule", 3, engine -> engine.schedules().set(database(), Cadence.daily(one(TIMES), one(ZONES)), ADA));
        ask("schedule-pause", 1, engine -> engine.schedules().pause(database(), ADA));
        ask("schedule-resume", 1, engine -> engine.schedules().resume(database(), ADA));
        ask("schedule-remove", 1, engine -> engine.schedules().remove(database(), ADA));
        ask("run-now", 1, engine -> engine.schedules().runNow(database(), ADA));
        ask("page", 2, this::page);
        ask("create", 1, this::create);
        ask("protection", 1, engine -> engine.backupsPage().protection(database()));
        ask("occupy", 1, engine -> engine.occupy(database(), IMPORT));
        ask("vacate", 3, engine -> world.databases().forEach(each -> engine.vacate(each, IMPORT)));
        done.add(this::write);
        done.add(this::write);
        done.add(this::cutAhead);
        done.add(this::busy);
        done.add(this::activate);
        done.add(this::activate);
        done.add(this::resize);
        done.add(this::upgrade);
        done.add(this::delete);
        done.add(this::damage);
        done.add(this::skew);
        done.add(this::cutOff);
        done.add(this::breakDown);
        done.add(new Rotations(world)::act);
    }

    private void ask(String name, int weight, Consumer<ParixBackup> act) {
        for (int i = 0; i < weight; i++) {
            asked.add(new Deed(name, act));
        }
    }

    /** Asks an engine for something. */
    Runnable ask(ParixBackup engine) {
        Deed deed = one(asked);
        world.happens("user " + deed.name(), "asks");
        return () -> deed.act().accept(engine);
    }

    /** Does something to what the engines do not own. */
    void act() {
        one(done).run();
    }

    /** Undoes whatever would keep jobs from ending. */
    void goHome() {
        for (DatabaseId database : world.databases()) {
            world.host()
                    .change(
                            database,
                            profile ->
                                    profile.status().equals(BUSY) ? status(profile, DatabaseStatus.ACTIVE) : profile);
            world.fleet().catchUp(database);
            world.catalog().release(database, IMPORT);
            world.watch().vacated(database, IMPORT);
        }
    }

    private static final DatabaseStatus BUSY = new DatabaseStatus("upgrading");

    private <T> T one(List<T> of) {
        return of.get(choices.among(of.size()));
    }

    private DatabaseId database() {
        return one(world.databases());
    }

    private void backup(ParixBackup engine) {
        BackupAnswer answer = engine.backups().request(BackupRequest.of(database(), ADA));
        world.coverage().meet("answer backup " + answer.getClass().getSimpleName());
    }

    /** Some backup, or the one that a restore reads just now. */
    private void deleteBackup(ParixBackup engine) {
        Optional<Restore> active = world.catalog()
                .occupant(database())
                .filter(each -> each.kind() == WorkflowKind.RESTORE)
                .flatMap(each -> engine.restores().find(new RestoreId(each.owner())));
        BackupId backup =
                active.map(Restore::backup).orElseGet(() -> any(engine).id());
        engine.backups().delete(backup, ADA);
    }

    private void restore(ParixBackup engine) {
        Backup backup = any(engine);
        RestoreAnswer answer =
                engine.restores().request(RestoreRequest.of(backup.id(), "ledger " + backup.database(), ADA));
        world.coverage().meet("answer restore " + answer.getClass().getSimpleName());
    }

    /** Whoever means another database than the backup is of has not confirmed anything. */
    private void misname(ParixBackup engine) {
        Backup backup = any(engine);
        world.answers().misnames();
        engine.restores().request(RestoreRequest.of(backup.id(), "Ledger " + backup.database(), ADA));
    }

    private void cancel(ParixBackup engine) {
        world.answers().cancelled(engine.backups().cancel(any(engine).id(), ADA));
    }

    private void page(ParixBackup engine) {
        DatabaseId database = database();
        world.fit().offered(database, engine.backupsPage().page(PageRequest.of(database, ADA)));
    }

    private void preview(ParixBackup engine) {
        RetentionPeriod asked = one(PERIODS);
        RetentionPreview preview = engine.retention().preview(OrganizationId.EVERYBODY, asked, ADA);
        world.coverage().meet(preview.databases().isEmpty() ? "preview of no change" : "preview of a change");
        world.watch().periods().previewed(preview, asked);
    }

    /** A database comes while others are at work; its host backs it up from its first day. */
    private void create(ParixBackup engine) {
        if (world.fleet().hasRoom()) {
            DatabaseId database = world.fleet().create();
            world.happens("host creates", database.value());
            engine.schedules().set(database, Cadence.daily(one(TIMES), one(ZONES)), ADA);
        }
    }

    /** Some backup; where there is none, one that does not exist. */
    private Backup any(ParixBackup engine) {
        List<Backup> there = engine.backups().history(database(), 20);
        if (there.isEmpty()) {
            throw new NothingThere();
        }
        return one(there);
    }

    private void write() {
        DatabaseId database = database();
        if (isItsOwn(database)) {
            versions++;
            world.happens("host writes", database.value());
            world.fleet().write(database, versions);
        }
    }

    /** A host that makes images at times hands out those of the last time. */
    private void cutAhead() {
        DatabaseId database = database();
        if (isItsOwn(database)) {
            world.happens("host cuts images ahead", database.value());
            world.host().cutAhead(database);
        }
    }

    /** Whose database is about to be replaced writes nothing to it, and upgrades nothing. */
    private boolean isItsOwn(DatabaseId database) {
        boolean restored = world.catalog()
                .occupant(database)
                .filter(each -> each.kind() == WorkflowKind.RESTORE)
                .isPresent();
        return world.fleet().active(database) && !restored;
    }

    private void busy() {
        DatabaseId database = database();
        if (world.fleet().active(database)) {
            world.happens("host busy", database.value());
            world.host().change(database, profile -> status(profile, BUSY));
        }
    }

    private void activate() {
        DatabaseId database = database();
        world.host()
                .change(
                        database,
                        profile -> profile.status().equals(BUSY) ? status(profile, DatabaseStatus.ACTIVE) : profile);
    }

    private void resize() {
        DatabaseId database = database();
        if (world.fleet().active(database) && choices.among(3) == 1) {
            world.happens("host resizes", database.value());
            world.fleet().enlarge(database);
        }
    }

    /** A newer release: its profile says so first, as it should, or its replicas run it already; what is behind follows. */
    private void upgrade() {
        DatabaseId database = database();
        if (!isItsOwn(database)) {
            return;
        }
        if (world.fleet().betweenReleases(database)) {
            world.happens("host ends an upgrade", database.value());
            world.fleet().catchUp(database);
        } else if (world.fleet().canBeNewer(database) && choices.among(3) == 1) {
            boolean early = choices.among(3) == 1;
            world.happens(early ? "host runs a release early" : "host upgrades", database.value());
            if (early) {
                world.fleet().rush(database);
            } else {
                world.fleet().promise(database);
            }
        }
    }

    private void delete() {
        DatabaseId database = database();
        if (world.fleet().active(database) && choices.among(6) == 1) {
            world.happens("host deletes", database.value());
            world.host().say(database, new DatabaseFacts.Deleted(world.now()));
        }
    }

    private void damage() {
        List<ObjectKey> keys = world.keys().stream()
                .filter(key -> !key.value().contains("installation"))
                .toList();
        if (!keys.isEmpty() && world.damageable().isPresent() && choices.among(6) == 1) {
            InMemoryObjectStore place = world.damageable().get();
            // Every third is a manifest where there is one: of these there are few, and clean-up rests on them (spec
            // H11).
            List<ObjectKey> manifests = keys.stream()
                    .filter(each -> each.value().endsWith("/manifest.json"))
                    .toList();
            ObjectKey key = one(manifests.isEmpty() || choices.among(3) > 0 ? keys : manifests);
            world.watch().truth().lose(key.value());
            boolean gone = choices.among(2) == 1;
            world.happens(gone ? "place loses" : "place damages", key.value());
            if (gone) {
                place.lose(key);
            } else {
                place.damage(key, Damage.flip(choices.among(40)));
            }
        }
    }

    private void cutOff() {
        if (choices.among(3) == 1) {
            String port = one(Menu.CUT_OFF);
            Duration time = Duration.ofMinutes(2L << choices.among(10));
            world.happens("outage " + port, time.toString());
            world.cutOff(port, time);
        }
    }

    private void breakDown() {
        if (choices.among(2) == 1) {
            List<String> steps = one(Menu.BREAKDOWNS);
            Duration time = Duration.ofMinutes(30L << choices.among(6));
            world.happens(Menu.breakdown(steps), time.toString());
            steps.forEach(step -> world.cutOff(step, time));
        }
    }

    private void skew() {
        world.happens("clocks differ", "");
        world.skew(amount(), amount(), amount());
    }

    private Duration amount() {
        return Duration.ofSeconds(choices.among(41) - 20L);
    }

    private static DatabaseProfile status(DatabaseProfile profile, DatabaseStatus status) {
        return new DatabaseProfile(
                profile.id(),
                profile.name(),
                status,
                profile.region(),
                profile.provider(),
                profile.shape(),
                profile.workflows());
    }
}
