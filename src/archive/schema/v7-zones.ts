/** Schema 7: the time zone of a site, in which documents print dates. */
export const SCHEMA_7 = `
ALTER TABLE sites ADD COLUMN timezone TEXT;
`
