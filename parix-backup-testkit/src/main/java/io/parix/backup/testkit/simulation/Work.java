package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Turns.nth;

import io.parix.backup.BackupId;
import io.parix.backup.BackupRequest;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.RestoreRequest;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.ReplicaVolume.ImageFrom;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Work in which a process is killed at each effect. */
public enum Work {
    /** A backup that shares what an earlier one holds. */
    BACKUP {
        @Override
        void prepare(Stage stage) {
            backup(stage, "first");
            stage.write(1);
        }

        @Override
        void act(Stage stage) {
            ask(stage, "second");
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.COMPLETED, JobStatus.COMPLETED);
        }
    },
    /** A backup with snapshots beside it. */
    BACKUP_BESIDE_SNAPSHOTS {
        @Override
        Plan plan() {
            return Plan.calm(Optional.of(ImageFrom.HOST));
        }

        @Override
        void act(Stage stage) {
            ask(stage, "first");
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.COMPLETED);
        }
    },
    /** A backup of volumes that are made of snapshots. */
    BACKUP_FROM_SNAPSHOTS {
        @Override
        Plan plan() {
            return Plan.calm(Optional.of(ImageFrom.SNAPSHOT));
        }

        @Override
        void act(Stage stage) {
            ask(stage, "first");
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.COMPLETED);
        }
    },
    /** The runs of a schedule. */
    SCHEDULED_BACKUP {
        @Override
        void prepare(Stage stage) {
            stage.ask(engine -> engine.schedules().set(stage.database(), Cadence.daily("10:00", "UTC"), Stage.ADA));
        }

        @Override
        void act(Stage stage) {
            stage.pass(Duration.ofHours(1));
        }

        @Override
        void judge(Stage stage) {
            List<JobRecord> rows = stage.rows(JobKind.BACKUP);
            boolean all = rows.stream().allMatch(row -> row.status() == JobStatus.COMPLETED);
            require(stage, !rows.isEmpty() && all, "the schedule made " + steps(rows));
        }
    },
    /** A restore that goes well. */
    RESTORE {
        @Override
        void prepare(Stage stage) {
            backup(stage, "first");
            stage.write(3);
        }

        @Override
        void act(Stage stage) {
            restore(stage);
        }

        @Override
        void judge(Stage stage) {
            restoresAre(stage, JobStatus.COMPLETED);
            runs(stage, Ledgers.files(1, 0));
        }
    },
    /** A restore that the host cannot confirm, and that goes back. */
    RESTORE_UNDONE {
        @Override
        void prepare(Stage stage) {
            backup(stage, "first");
            stage.write(3);
        }

        @Override
        Interference under(Interference death) {
            return call -> {
                Effect end = death.at(call);
                return end == null && call.name().equals("RestoreHost.confirm") ? Twists.FAILED : end;
            };
        }

        @Override
        void act(Stage stage) {
            restore(stage);
        }

        @Override
        void judge(Stage stage) {
            restoresAre(stage, JobStatus.FAILED);
            runs(stage, Ledgers.files(1, 3));
        }
    },
    /** The removal of a backup that has expired and shares bytes with one that has not. */
    CLEAN_UP {
        @Override
        void prepare(Stage stage) {
            backup(stage, "first");
            stage.write(1);
            stage.world().pass(Duration.ofDays(3));
            backup(stage, "second");
            stage.world().pass(Duration.ofDays(4).plusHours(1));
        }

        @Override
        void act(Stage stage) {
            stage.pass(Duration.ofHours(1));
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.COMPLETED);
        }
    },
    /** The removal of a backup with snapshots beside it. */
    CLEAN_UP_OF_SNAPSHOTS {
        @Override
        Plan plan() {
            return Plan.calm(Optional.of(ImageFrom.HOST));
        }

        @Override
        void prepare(Stage stage) {
            CLEAN_UP.prepare(stage);
        }

        @Override
        void act(Stage stage) {
            CLEAN_UP.act(stage);
        }

        @Override
        void judge(Stage stage) {
            CLEAN_UP.judge(stage);
        }
    },
    /** The removal of a backup that its owner asked for, long before its time. */
    DELETION {
        @Override
        void prepare(Stage stage) {
            backup(stage, "first");
            stage.write(1);
            backup(stage, "second");
        }

        @Override
        void act(Stage stage) {
            List<JobRecord> newestFirst = stage.rows(JobKind.BACKUP);
            BackupId oldest =
                    new BackupId(newestFirst.get(newestFirst.size() - 1).id());
            stage.ask(engine -> delete(engine, oldest));
            stage.pass(Duration.ofHours(3));
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.COMPLETED);
        }
    },
    /** The making of a new catalog out of what lies in the place. */
    REBUILD {
        @Override
        void prepare(Stage stage) {
            backup(stage, "first");
            stage.write(1);
            backup(stage, "second");
            stage.loseCatalog();
        }

        @Override
        void act(Stage stage) {
            stage.ask(engine -> {
                engine.rebuild().adopt(stage.world().ports().location());
                engine.rebuild().database(stage.world().ports().location(), stage.database());
            });
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.COMPLETED, JobStatus.COMPLETED);
        }
    },
    /** The cancelling of a backup that nobody works at yet. */
    CANCEL_QUEUED {
        @Override
        void prepare(Stage stage) {
            ask(stage, "first");
        }

        @Override
        void act(Stage stage) {
            cancel(stage);
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.FAILED);
        }
    },
    /** The cancelling of a backup while its worker asks for a snapshot. */
    CANCEL_SNAPSHOTTING {
        @Override
        Plan plan() {
            return Plan.calm(Optional.of(ImageFrom.HOST));
        }

        @Override
        void prepare(Stage stage) {
            pausedAt(stage, "VolumeSnapshots.request", "");
        }

        @Override
        void act(Stage stage) {
            cancel(stage);
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.FAILED);
        }
    },
    /** The cancelling of a backup that waits for its images. */
    CANCEL_WAITING {
        @Override
        void prepare(Stage stage) {
            stage.world()
                    .scripted()
                    .add(answer("capture", nth(1))
                            .with(new Capture.Pending("the replicas are stopping", Duration.ofHours(1))));
            ask(stage, "first");
            stage.step();
        }

        @Override
        void act(Stage stage) {
            cancel(stage);
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.FAILED);
        }
    },
    /** The cancelling of a backup while its worker writes a segment. */
    CANCEL_EXPORTING {
        @Override
        void prepare(Stage stage) {
            pausedAt(stage, "ObjectStore.putIfAbsent", ".seg");
        }

        @Override
        void act(Stage stage) {
            cancel(stage);
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.FAILED);
        }
    },
    /** The cancelling of a backup whose manifest is being written: too late, it completes. */
    CANCEL_COMMITTING {
        @Override
        void prepare(Stage stage) {
            pausedAt(stage, "ObjectStore.putIfAbsent", "manifest.json");
        }

        @Override
        void act(Stage stage) {
            cancel(stage);
        }

        @Override
        void judge(Stage stage) {
            backupsAre(stage, JobStatus.COMPLETED);
        }
    };

    /** What it takes. */
    Plan plan() {
        return Plan.calm(Optional.empty());
    }

    /** What went well before. */
    void prepare(Stage stage) {}

    /** What goes otherwise besides a death. */
    Interference under(Interference death) {
        return death;
    }

    /** What is done. */
    abstract void act(Stage stage);

    /** What must have come of it in the end, whoever died. */
    abstract void judge(Stage stage);

    private static void ask(Stage stage, String key) {
        stage.ask(engine -> engine.backups().request(new BackupRequest(stage.database(), Stage.ADA, key)));
    }

    private static void backup(Stage stage, String key) {
        ask(stage, key);
        stage.work();
    }

    private static void restore(Stage stage) {
        BackupId backup = onlyBackup(stage);
        String name = "ledger " + stage.database();
        stage.ask(engine -> engine.restores().request(new RestoreRequest(backup, name, Stage.ADA, "asked")));
    }

    private static void cancel(Stage stage) {
        BackupId backup = onlyBackup(stage);
        stage.ask(engine -> cancel(engine, backup));
    }

    private static void cancel(ParixBackup engine, BackupId backup) {
        var unused = engine.backups().cancel(backup, Stage.ADA);
    }

    private static void delete(ParixBackup engine, BackupId backup) {
        var unused = engine.backups().delete(backup, Stage.ADA);
    }

    private static BackupId onlyBackup(Stage stage) {
        return new BackupId(stage.rows(JobKind.BACKUP).get(0).id());
    }

    private static void pausedAt(Stage stage, String way, String object) {
        boolean[] paused = new boolean[1];
        stage.world().interfere(call -> {
            boolean here =
                    !paused[0] && call.name().equals(way) && call.subject().endsWith(object);
            paused[0] |= here;
            return here ? Twists.PAUSE : null;
        });
        ask(stage, "first");
        stage.step();
    }

    private static void backupsAre(Stage stage, JobStatus... wanted) {
        List<JobRecord> rows = stage.rows(JobKind.BACKUP);
        require(
                stage,
                rows.stream().map(JobRecord::status).toList().equals(List.of(wanted)),
                "the backups are " + steps(rows) + ", not " + List.of(wanted));
    }

    private static void restoresAre(Stage stage, JobStatus wanted) {
        List<JobRecord> rows = stage.rows(JobKind.RESTORE);
        require(
                stage,
                rows.stream().map(JobRecord::status).toList().equals(List.of(wanted)),
                "the restores are " + steps(rows) + ", not " + wanted);
    }

    private static void runs(Stage stage, List<byte[]> files) {
        require(
                stage,
                Truth.same(stage.world().host().files(stage.database()), files),
                "the live files are not those that they should be");
        boolean active = stage.world().host().look(stage.database()) instanceof DatabaseFacts.Live live
                && live.profile().status().equals(DatabaseStatus.ACTIVE);
        require(stage, active && stage.world().host().running(stage.database()), "the database does not run");
    }

    private static void require(Stage stage, boolean holds, String detail) {
        if (!holds) {
            stage.violated(detail);
        }
    }

    private static List<String> steps(List<JobRecord> rows) {
        return rows.stream().map(row -> row.id() + " " + row.step()).toList();
    }
}
