-- Run once by the owner of the server, in the database taskmatrix. The owner (taskmatrix_owner) owns the database and migrates;
-- the servers connect as taskmatrix_app, which owns nothing. `migrate` gives that role its rights.
-- Set the password so that it stands in no history:  \password taskmatrix_app  (compose.yaml: postgres-password.sh)
CREATE ROLE taskmatrix_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
REVOKE ALL ON DATABASE taskmatrix FROM PUBLIC;
GRANT CONNECT ON DATABASE taskmatrix TO taskmatrix_app;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
