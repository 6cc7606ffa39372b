drop table private.rate_limits;
