#!/bin/sh
# Run once by the image of PostgreSQL after postgres-roles.sql. NOT RUN where this was written.
set -eu
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set=password="$TASKMATRIX_APP_PASSWORD" <<'SQL'
ALTER ROLE taskmatrix_app PASSWORD :'password';
SQL
