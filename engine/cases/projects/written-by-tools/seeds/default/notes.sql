insert into note values (1, 'first', 'A', 1, 'calm', 'Wild sea'), (2, 'second', 'B', 1, null, null); insert into tag values (1, 2, 'x'), (2, 2, 'y'); insert into wide (id, c59) values (1, 59);
