drop table private.password_reset_tokens;
drop table private.refresh_tokens;
drop table private.sessions;
