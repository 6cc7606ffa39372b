-- The whole catalog that metadata may name, as one JSON value.
with
-- Schemas of Postgres itself and of Hasura are never tracked.
namespaces as (
  select oid, nspname
  from pg_catalog.pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'hdb_catalog')
),
-- Postgres' own tables, functions and types are many: what follows looks only at those that count, and at their types.
relations as (
  select c.*, n.nspname
  from pg_catalog.pg_class c
  join namespaces n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm', 'f', 'p')
),
procedures as (
  select p.*, n.nspname
  from pg_catalog.pg_proc p
  join namespaces n on n.oid = p.pronamespace
  where p.prokind in ('f', 'a', 'w')
    -- Functions of an extension are tracked by nobody and are many.
    and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
    )
),
-- Domains stand for their base type, as in the reference.
types as (
  select
    t.oid,
    json_build_object(
      'name', b.typname,
      'schema', bn.nspname,
      'element', e.typname,
      'elementSchema', en.nspname,
      'kind', case b.typtype when 'e' then 'enum' when 'c' then 'composite' when 'r' then 'range'
                             when 'm' then 'range' when 'p' then 'pseudo' else 'base' end
    ) as type
  from pg_catalog.pg_type t
  cross join lateral (
    with recursive bases as (
      select t.oid, t.typtype, t.typbasetype
      union all
      select d.oid, d.typtype, d.typbasetype
      from bases join pg_catalog.pg_type d on d.oid = bases.typbasetype
      where bases.typtype = 'd'
    )
    select oid as base_oid from bases where typtype <> 'd' limit 1
  ) base
  join pg_catalog.pg_type b on b.oid = base.base_oid
  join pg_catalog.pg_namespace bn on bn.oid = b.typnamespace
  -- Fixed-length types such as name or point have a typelem too, but are no arrays.
  left join pg_catalog.pg_type e on e.oid = b.typelem and b.typcategory = 'A'
  left join pg_catalog.pg_namespace en on en.oid = e.typnamespace
  -- As an array Postgres expects few of them; otherwise it would think the statement worth compiling (JIT).
  where t.oid = any (array(
    select a.atttypid from relations join pg_catalog.pg_attribute a on a.attrelid = relations.oid where a.attnum > 0
    union select prorettype from procedures
    union select unnest(proargtypes) from procedures
  ))
),
-- Values that a check such as `status in ('new', 'done')` admits, by column, each as Postgres spells it.
choices as (
  select c.conrelid, c.conkey[1] as attnum, array(
    select replace(found[1], '''''', '''')
    from pg_catalog.regexp_matches(definition, '''((?:[^'']|'''')*)''::text', 'g') as found
  ) as values
  from relations
  join pg_catalog.pg_constraint c on c.conrelid = relations.oid
  cross join lateral pg_catalog.pg_get_constraintdef(c.oid) as definition
  where c.contype = 'c' and pg_catalog.cardinality(c.conkey) = 1
    and definition ~ '^CHECK \(\(\S+ = ANY \(ARRAY\[(''([^'']|'''')*''::text(, )?)+\]\)\)\)$'
),
columns as (
  select
    a.attrelid,
    json_agg(json_build_object(
      'name', a.attname,
      'position', a.attnum,
      'type', t.type,
      'isNullable', not a.attnotnull,
      'hasDefault', a.atthasdef or a.attidentity <> '',
      'isGenerated', a.attgenerated <> '' or a.attidentity = 'a',
      'comment', pg_catalog.col_description(a.attrelid, a.attnum),
      'choices', coalesce(
        (select to_json(ch.values) from choices ch where ch.conrelid = a.attrelid and ch.attnum = a.attnum limit 1),
        '[]'::json
      )
    ) order by a.attnum) as columns
  from relations
  join pg_catalog.pg_attribute a on a.attrelid = relations.oid
  join types t on t.oid = a.atttypid
  where a.attnum > 0 and not a.attisdropped
  group by a.attrelid
),
keys as (
  select
    c.conrelid,
    c.contype,
    c.conname,
    (
      select json_agg(a.attname order by k.position)
      from unnest(c.conkey) with ordinality as k(attnum, position)
      join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
    ) as columns,
    rn.nspname as ref_schema,
    r.relname as ref_table,
    (
      select json_agg(a.attname order by k.position)
      from unnest(c.confkey) with ordinality as k(attnum, position)
      join pg_catalog.pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum
    ) as ref_columns
  from relations
  join pg_catalog.pg_constraint c on c.conrelid = relations.oid
  left join pg_catalog.pg_class r on r.oid = c.confrelid
  left join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
  where c.contype in ('p', 'u', 'f', 'c')
),
keys_by_table as (
  select
    conrelid,
    json_agg(json_build_object('name', conname, 'columns', columns)) filter (where contype = 'p') -> 0 as primary_key,
    json_agg(json_build_object('name', conname, 'columns', columns) order by conname) filter (where contype = 'u')
      as unique_keys,
    json_agg(json_build_object(
      'name', conname, 'columns', columns,
      'refSchema', ref_schema, 'refTable', ref_table, 'refColumns', ref_columns
    ) order by conname) filter (where contype = 'f') as foreign_keys,
    json_agg(conname order by conname) filter (where contype = 'c') as check_constraints
  from keys
  group by conrelid
),
-- Unique indexes without a constraint: `ON CONFLICT` can name them by what they are over alone.
unique_indexes as (
  select
    i.indrelid,
    json_agg(json_build_object(
      'name', c.relname,
      'columns', coalesce((
        select json_agg(a.attname order by k.position)
        from unnest(i.indkey::int2[]) with ordinality as k(attnum, position)
        join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
        where k.position <= i.indnkeyatts
      ), '[]'::json),
      'target', (
        select '(' || string_agg(pg_catalog.pg_get_indexdef(i.indexrelid, n, true), ', ' order by n) || ')'
        from generate_series(1, i.indnkeyatts) as n
      ) || coalesce(' WHERE ' || pg_catalog.pg_get_expr(i.indpred, i.indrelid), '')
    ) order by c.relname) as indexes
  from relations
  join pg_catalog.pg_index i on i.indrelid = relations.oid
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  where i.indisunique and i.indisvalid and i.indimmediate
    and not exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  group by i.indrelid
),
tables as (
  select json_agg(json_build_object(
    'oid', c.oid::bigint,
    'schema', c.nspname,
    'name', c.relname,
    'kind', case c.relkind when 'r' then 'table' when 'v' then 'view' when 'm' then 'materialized view'
                           when 'f' then 'foreign table' else 'partitioned table' end,
    'comment', pg_catalog.obj_description(c.oid, 'pg_class'),
    'columns', coalesce(columns.columns, '[]'::json),
    'primaryKey', k.primary_key,
    'uniqueKeys', coalesce(k.unique_keys, '[]'::json),
    'uniqueIndexes', coalesce(unique_indexes.indexes, '[]'::json),
    'foreignKeys', coalesce(k.foreign_keys, '[]'::json),
    'checkConstraints', coalesce(k.check_constraints, '[]'::json),
    -- Bit masks of pg_relation_is_updatable: 4 update, 8 insert, 16 delete; views with triggers included.
    'isInsertable', u.mask & 8 <> 0,
    'isUpdatable', u.mask & 4 <> 0,
    'isDeletable', u.mask & 16 <> 0
  ) order by c.oid) as tables
  from relations c
  left join columns on columns.attrelid = c.oid
  left join keys_by_table k on k.conrelid = c.oid
  left join unique_indexes on unique_indexes.indrelid = c.oid
  cross join lateral (select pg_catalog.pg_relation_is_updatable(c.oid, true) as mask) u
),
functions as (
  select json_agg(json_build_object(
    'oid', p.oid::bigint,
    'schema', p.nspname,
    'name', p.proname,
    'volatility', case p.provolatile when 'v' then 'volatile' when 's' then 'stable' else 'immutable' end,
    'isVariadic', p.provariadic <> 0,
    'returnsSet', p.proretset,
    'isAggregateOrWindow', p.prokind in ('a', 'w'),
    'returnType', rt.type,
    'comment', pg_catalog.obj_description(p.oid, 'pg_proc'),
    'args', coalesce((
      select json_agg(json_build_object(
        'name', nullif(p.proargnames[i.position], ''),
        'type', t.type,
        'hasDefault', i.position > p.pronargs - p.pronargdefaults
      ) order by i.position)
      from unnest(p.proargtypes) with ordinality as i(type_oid, position)
      join types t on t.oid = i.type_oid
    ), '[]'::json)
  ) order by p.oid) as functions
  from procedures p
  join types rt on rt.oid = p.prorettype
)
select json_build_object(
  'tables', coalesce((select tables from tables), '[]'::json),
  'functions', coalesce((select functions from functions), '[]'::json)
)::text as catalog
