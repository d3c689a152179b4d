/**
 * Schema 4: how an imported capture came into the archive. The time of a saved page may be known only as a bound, so that a relative date
 * on it has an open end.
 */
export const SCHEMA_4 = `
ALTER TABLE captures ADD COLUMN door TEXT;
ALTER TABLE captures ADD COLUMN origin TEXT;
ALTER TABLE captures ADD COLUMN time_is_bound INTEGER NOT NULL DEFAULT 0;
`
