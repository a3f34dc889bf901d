-- What a segment takes in storage; those recorded before this column count nothing.
alter table parix_segment add column if not exists bytes bigint default 0 not null;

-- What was decided once and holds on, such as how long an organization keeps its backups.
create table if not exists parix_setting (
    name    varchar(200) not null primary key,
    version bigint       not null,
    payload text         not null
);
