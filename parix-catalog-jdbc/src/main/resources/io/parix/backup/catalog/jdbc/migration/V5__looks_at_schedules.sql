-- When a schedule is looked at: when its run is due, or later where that could not be decided yet. The run stays due when it was.
alter table parix_schedule add column if not exists look_again_at timestamp(6) with time zone;

update parix_schedule set look_again_at = due_at where due_at is not null and look_again_at is null;

create index if not exists parix_schedule_look on parix_schedule (look_again_at, database_id);

drop index if exists parix_schedule_due;
