-- The role tierline_actions stays: it belongs to the whole server and other databases may use it.
drop schema private cascade;
