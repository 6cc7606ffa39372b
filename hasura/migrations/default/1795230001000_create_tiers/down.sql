drop table public.tiers;
