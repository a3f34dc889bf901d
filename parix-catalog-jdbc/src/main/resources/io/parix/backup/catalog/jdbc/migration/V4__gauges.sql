-- Since when a schedule has been enabled without a pause: from then on its database should have backups.
alter table parix_schedule add column if not exists enabled_at timestamp(6) with time zone;

update parix_schedule set enabled_at = current_timestamp where due_at is not null and enabled_at is null;

-- What the segments of a database take in storage, each once. Changed in the transaction that changes what is needed.
create table if not exists parix_stored (
    database_id varchar(128) not null primary key,
    bytes       bigint       not null
);

insert into parix_stored (database_id, bytes)
select database_id, sum(bytes)
from (select database_id, segment, max(bytes) as bytes from parix_segment group by database_id, segment) as each_segment
where not exists (select 1 from parix_stored)
group by database_id;
