create table mood (name text primary key, label text unique);
create schema if not exists app;
insert into mood values ('calm', 'Calm sea'), ('wild', 'Wild sea');
create table note (
  id int primary key, title text not null, slug text, owner int,
  mood_name text references mood (name),
  mood_label text references mood (label)
);
create unique index note_slug_of_owner on note (owner, lower(slug)) where owner is not null;
create unique index note_title on note (title);
create table tag (id int primary key, note_id int references note (id), name text default encode(ext.digest('x', 'md5'), 'hex'));
create view note_summary as select id, title || '!' as text from note group by id;
create table wide (id int primary key, c0 int, c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, c10 int, c11 int, c12 int, c13 int, c14 int, c15 int, c16 int, c17 int, c18 int, c19 int, c20 int, c21 int, c22 int, c23 int, c24 int, c25 int, c26 int, c27 int, c28 int, c29 int, c30 int, c31 int, c32 int, c33 int, c34 int, c35 int, c36 int, c37 int, c38 int, c39 int, c40 int, c41 int, c42 int, c43 int, c44 int, c45 int, c46 int, c47 int, c48 int, c49 int, c50 int, c51 int, c52 int, c53 int, c54 int, c55 int, c56 int, c57 int, c58 int, c59 int);
create function make_note(of int[]) returns setof note language sql volatile as
  $$ insert into note (id, title) select n, 'made ' || n from unnest(of) n returning * $$;
create function tagged_with(ids int[]) returns setof note language sql stable as
  $$ select * from note where id = any (ids) $$;
