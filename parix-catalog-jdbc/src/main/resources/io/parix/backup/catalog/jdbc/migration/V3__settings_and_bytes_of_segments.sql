-- What a segment takes in storage; those recorded before this column count nothing.
alter table parix_segment add column if not exists bytes bigint default 0 not null;

-- What was decided once and holds on, such as how long an organization keeps its backups.
create table if not exists parix_setting (
    name    varchar(200) not null primary key,
    version bigint       not null,
    payload text         not null
);

-- Databases are listed in the order of their code points, from one to the next along parix_job_history.
alter table parix_job alter column database_id set data type varchar(128) ${code_point_order};

-- A job that is removed takes its key with it, and nothing may refer to it.
create index if not exists parix_request_key_job on parix_request_key (job_id);
