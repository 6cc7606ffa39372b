-- One counter a row, in the shape that rate-limiter-flexible reads and writes. It is made here because the action
-- server's role makes no tables. A key names a limit and whom it counts; addresses stand in it as a hash only.
create table private.rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
comment on table private.rate_limits is 'Calls counted in the window that runs, for all replicas together.';
comment on column private.rate_limits.expire is 'When the window ends, in milliseconds since 1970.';

create index rate_limits_expire on private.rate_limits (expire);

grant select, insert, update, delete on private.rate_limits to tierline_actions;
