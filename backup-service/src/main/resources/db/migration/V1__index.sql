-- An index of what the repository and the journal hold. Nothing is true because it stands here:
-- all of it can be dropped and is made again.
CREATE TABLE recovery_point (
  id              uuid PRIMARY KEY,
  application     text NOT NULL,
  component       text NOT NULL,
  timeline        bigint NOT NULL,
  start_lsn       pg_lsn NOT NULL,
  stop_lsn        pg_lsn NOT NULL,
  counts_lsn      pg_lsn,
  taken_at        timestamptz NOT NULL,
  source_bytes    bigint NOT NULL,
  stored_bytes    bigint NOT NULL,
  manifest_digest text NOT NULL,
  row_counts      jsonb NOT NULL
);

CREATE INDEX recovery_point_by_application ON recovery_point (application, component, taken_at);

CREATE TABLE recovery_point_copy (
  recovery_point  uuid NOT NULL REFERENCES recovery_point ON DELETE CASCADE,
  name            text NOT NULL,
  region          text NOT NULL,
  medium          text NOT NULL,
  state           text NOT NULL,
  looked_at       timestamptz NOT NULL,
  PRIMARY KEY (recovery_point, name)
);

CREATE TABLE backup_run (
  id              uuid PRIMARY KEY,
  application     text NOT NULL,
  component       text NOT NULL,
  state           text NOT NULL,
  recovery_point  uuid,
  source_bytes    bigint NOT NULL,
  started_at      timestamptz NOT NULL,
  finished_at     timestamptz,
  error           text
);
