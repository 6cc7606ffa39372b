-- Takes back every grant in this database, those on the event log included; the role itself stays.
drop function private.grant_event_log();
drop owned by tierline_actions;
