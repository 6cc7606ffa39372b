import { expect, it } from 'vitest';
import { splitSql } from './split-sql.ts';

it('cuts at semicolons that end a statement, and at no other', () => {
  const sql = `-- first; comment
select 'it''s; one', "odd;name", E'\\';';
/* a /* nested; */ comment; */
create function f() returns void language plpgsql as $body$
begin
  perform 1;
end;
$body$;
create function g() returns int language sql
begin atomic
  select case when true then 1 end;
  select 2;
end;

select $1;
`;
  expect(splitSql(sql).map(({ line, text }) => [line, text.split('\n')[0]])).toEqual([
    [2, `select 'it''s; one', "odd;name", E'\\';'`],
    [4, 'create function f() returns void language plpgsql as $body$'],
    [9, 'create function g() returns int language sql'],
    [15, 'select $1'],
  ]);
});

it('survives text that never ends', () => {
  for (const sql of ["select 'a", '/* a', '$x$ a', '"a', "E'\\", ''])
    expect(() => splitSql(sql)).not.toThrow();
});
