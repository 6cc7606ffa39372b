#!/bin/bash
# Runs once, when the data volume is empty: the action server's own login. Migrations give it its few rights.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
  --set=password="$ACTIONS_DATABASE_PASSWORD" <<'SQL'
create role tierline_actions login password :'password';
SQL
