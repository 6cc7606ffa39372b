create table public.tiers (
  level integer primary key,
  name text not null unique,
  badge_color text not null,
  max_locations integer,
  features jsonb not null default '[]',
  constraint tiers_level_range check (level between 1 and 4),
  constraint tiers_badge_color_hex check (badge_color ~ '^#[0-9a-f]{6}$'),
  constraint tiers_max_locations_positive check (max_locations > 0),
  constraint tiers_features_texts check (
    jsonb_typeof(features) = 'array' and not jsonb_path_exists(features, '$[*] ? (@.type() != "string")')
  )
);
comment on column public.tiers.max_locations is 'How many locations a vendor of this tier may have; null means no limit.';
comment on column public.tiers.features is 'An array of short texts, shown as the benefits of the tier.';

insert into public.tiers (level, name, badge_color, max_locations, features) values
  (1, 'Basic', '#64748b', 1, '["Public vendor profile", "1 location", "Help by e-mail"]'),
  (2, 'Plus', '#0e7490', 5, '["Everything in Basic", "Up to 5 locations", "Monthly performance report", "Answers within two working days"]'),
  (3, 'Pro', '#6d28d9', 20, '["Everything in Plus", "Up to 20 locations", "Placement in seasonal campaigns", "Answers within one working day"]'),
  (4, 'Premier', '#b45309', null, '["Everything in Pro", "Any number of locations", "Named account manager", "Early access to new features"]');
