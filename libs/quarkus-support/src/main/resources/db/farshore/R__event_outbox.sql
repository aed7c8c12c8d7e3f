-- Events stored in the transaction of the change they tell of, until the broker has them.
-- Include with quarkus.flyway.locations=db/migration,db/farshore
CREATE TABLE IF NOT EXISTS event_outbox (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       text   NOT NULL UNIQUE,
  event    text   NOT NULL
);
