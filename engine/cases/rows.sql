truncate author, article, biography, reader_note restart identity;
insert into author (id, name, email, is_public, manager_id) values
  (1, 'Ada', 'ada@example.com', true, null),
  (2, 'Brecht', null, true, 1),
  (3, 'Colette', 'colette@example.com', false, 1);
insert into article (id, title, content, author_id, rating, views, tags, keywords, is_published, published_at) values
  (1, 'Alpha', 'first', 1, 4.50, 10, '["red", {"shade": "dark"}]', '{a,b}', true, '2024-01-01T10:00:00Z'),
  (2, 'Beta', 'second', 1, 3.25, 9007199254740993, '["blue"]', '{b}', false, null),
  (3, 'Gamma', 'third', 2, null, 7, '[]', '{}', true, '2024-03-01T10:00:00Z'),
  (4, 'Delta', null, 3, 1.00, 0, '{"kind": "odd"}', '{c}', true, '2024-02-01T10:00:00Z');
select setval(pg_get_serial_sequence('article', 'id'), 100);
insert into reader_note (id, article_id, owner_id, body) values
  ('00000000-0000-4000-8000-000000000001', 1, 7, 'mine'),
  ('00000000-0000-4000-8000-000000000002', 1, 8, 'theirs'),
  ('00000000-0000-4000-8000-000000000003', 3, 7, 'mine too');
update article set weight = id * 1.5 where id < 4;
