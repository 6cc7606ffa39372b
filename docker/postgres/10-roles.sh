#!/bin/bash
# Runs once, when the data volume is empty, as the superuser: the two logins that everything else uses.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
  --set=hasura_password="$HASURA_DATABASE_PASSWORD" --set=actions_password="$ACTIONS_DATABASE_PASSWORD" \
  --file=/docker-entrypoint-initdb.d/roles.psql
