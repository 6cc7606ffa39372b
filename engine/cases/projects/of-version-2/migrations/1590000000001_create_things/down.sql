drop table part, thing;
