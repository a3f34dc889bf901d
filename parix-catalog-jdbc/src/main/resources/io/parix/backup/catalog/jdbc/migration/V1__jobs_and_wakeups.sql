-- The catalog of Parix Backup. What each table is for: docs/operations/catalog.md.
-- Shared by H2 and PostgreSQL; what differs comes in as a placeholder. Each statement may be repeated: H2 commits after every one,
-- so a process that dies on the way leaves the first of them done.

create table if not exists parix_installation (
    singleton  smallint                    not null primary key check (singleton = 1),
    id         varchar(32)                 not null,
    created_at timestamp(6) with time zone not null
);

insert into parix_installation (singleton, id, created_at)
select 1, replace(cast(${random_uuid} as varchar(36)), '-', ''), current_timestamp
where not exists (select 1 from parix_installation);

create table if not exists parix_job (
    id             varchar(128) ${code_point_order} not null primary key,
    version        bigint                      not null,
    kind           varchar(16)                 not null,
    database_id    varchar(128)                not null,
    region         varchar(64)                 not null,
    status         varchar(16)                 not null,
    step           varchar(64)                 not null,
    attempt        integer                     not null,
    requested_at   timestamp(6) with time zone not null,
    look_again_at  timestamp(6) with time zone,
    claim_worker   varchar(128),
    claim_fence    bigint,
    claim_until    timestamp(6) with time zone,
    strikes        integer                     not null,
    done_bytes     bigint                      not null,
    expected_bytes bigint                      not null,
    waiting_for    text,
    payload        text                        not null
);

create index if not exists parix_job_history on parix_job (database_id, kind, requested_at desc, id desc);

-- Most jobs have ended and are not due; where the database can, they are not in the index.
create index if not exists parix_job_due on parix_job (look_again_at, id) ${where_due};

-- One active workflow per database: the primary key is the rule.
create table if not exists parix_slot (
    database_id varchar(128)                not null primary key,
    kind        varchar(16)                 not null,
    owner       varchar(256)                not null,
    taken_at    timestamp(6) with time zone not null
);

create table if not exists parix_fence (
    database_id varchar(128) not null primary key,
    last_fence  bigint       not null
);

create table if not exists parix_request_key (
    database_id varchar(128) not null,
    kind        varchar(16)  not null,
    request_key varchar(256) not null,
    job_id      varchar(128) ${code_point_order} not null references parix_job (id),
    primary key (database_id, kind, request_key)
);

create table if not exists parix_segment (
    database_id varchar(128) not null,
    segment     varchar(512) not null,
    job_id      varchar(128) ${code_point_order} not null references parix_job (id),
    primary key (database_id, segment, job_id)
);

create index if not exists parix_segment_job on parix_segment (job_id);

create table if not exists parix_outbox (
    seq         bigint generated always as identity primary key,
    id          varchar(256)                not null unique,
    kind        varchar(64)                 not null,
    database_id varchar(128)                not null,
    job_id      varchar(128)                not null,
    happened_at timestamp(6) with time zone not null,
    failure     varchar(64)
);

-- The table of db-scheduler, under a name of ours; again_at is ours.
create table if not exists parix_wakeup (
    task_name            varchar(100)                not null,
    task_instance        varchar(128)                not null,
    task_data            ${bytes},
    execution_time       timestamp(6) with time zone not null,
    picked               boolean                     not null,
    picked_by            varchar(50),
    last_success         timestamp(6) with time zone,
    last_failure         timestamp(6) with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp(6) with time zone,
    version              bigint                      not null,
    priority             smallint,
    again_at             timestamp(6) with time zone,
    primary key (task_name, task_instance)
);

create index if not exists parix_wakeup_due on parix_wakeup (execution_time);
create index if not exists parix_wakeup_heartbeat on parix_wakeup (last_heartbeat);

-- Few wake-ups are asked for again while they are delivered, and every tick looks for them.
create index if not exists parix_wakeup_again on parix_wakeup (again_at) ${where_again};
