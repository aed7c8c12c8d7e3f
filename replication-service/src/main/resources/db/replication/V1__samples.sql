-- One row for each look at a link; old rows are deleted by the service.
CREATE TABLE sample (
  observed_at    timestamptz NOT NULL,
  application    text        NOT NULL,
  from_region    text        NOT NULL,
  to_region      text        NOT NULL,
  state          text        NOT NULL,
  lag_bytes      bigint,
  lag_micros     bigint,
  exposed_bytes  bigint,
  exposed_micros bigint
);

CREATE INDEX sample_observed_at ON sample USING brin (observed_at);
