drop function private.count_undelivered_events();
