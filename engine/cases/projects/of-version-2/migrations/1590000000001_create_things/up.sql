create table thing (id uuid primary key default gen_random_uuid(), name text not null, made_at timestamptz not null default now(), secret text not null default encode(public.gen_random_bytes(4), 'hex'));
create table part (id int primary key, thing_id uuid references thing (id), weight int);
create function things_named(names text[]) returns setof thing language sql stable as $$ select * from thing where name = any (names) $$;
