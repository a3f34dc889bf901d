-- What a catalog of version 5 may hold: what one of version 4 may, and a schedule that is to be looked at later than its run is due.
insert into parix_job values ('b1', 4, 'backup', 'db', 'eu', 'completed', 'completed', 1, timestamp with time zone '2026-11-23 09:00:00.123456+00:00', null, null, null, null, 0, 0, 0, null, '{"version":1}');
insert into parix_job values ('b2', 3, 'backup', 'db', 'eu', 'running', 'exporting', 2, timestamp with time zone '2026-11-23 10:00:00+00:00', timestamp with time zone '2026-11-23 10:00:05+00:00', 'w1', 1800000000000000, timestamp with time zone '2026-11-23 10:01:00+00:00', 1, 5, 9, 'waits', '{"version":1}');
insert into parix_slot values ('db', 'backup', 'b2', timestamp with time zone '2026-11-23 10:00:00+00:00');
insert into parix_fence values ('db', 2900000000000000);
insert into parix_request_key values ('db', 'backup', 'monday', 'b1');
insert into parix_segment values ('db', 'segments/b1/1.seg', 'b1', 33554432);
insert into parix_outbox (id, kind, database_id, job_id, happened_at, failure) values ('b1-failed', 'backup-failed', 'db', 'b1', timestamp with time zone '2026-11-23 09:10:00+00:00', 'replica-set-refused');
insert into parix_wakeup (task_name, task_instance, execution_time, picked, version) values ('parix-job:eu', 'b2', timestamp with time zone '2026-11-23 10:00:05+00:00', false, 1);
insert into parix_schedule values ('db', 7, timestamp with time zone '2026-11-24 02:00:00+00:00', '{"version":1}', timestamp with time zone '2026-11-20 09:00:00+00:00', timestamp with time zone '2026-11-24 02:05:00+00:00');
insert into parix_stored values ('db', 33554432);
insert into parix_setting values ('retention/acme', 3, '{"version":1,"why":"Zürich"}');
