-- One schedule per database: the primary key is the rule. A paused one is never due; of a removed one the version stays.

create table if not exists parix_schedule (
    database_id varchar(128) ${code_point_order} not null primary key,
    version     bigint       not null,
    due_at      timestamp(6) with time zone,
    payload     text
);

create index if not exists parix_schedule_due on parix_schedule (due_at, database_id);

-- Few wake-ups are asked for again while they are delivered, and every tick looks for them.
create index if not exists parix_wakeup_again on parix_wakeup (again_at) ${where_again};
