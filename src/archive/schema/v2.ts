/** Schema 2: which parents the site itself has named (REST), so that the nesting of a page never moves them; BuddyBoss' privacy. */
export const SCHEMA_2 = `
ALTER TABLE posts ADD COLUMN parent_named INTEGER NOT NULL DEFAULT 0; -- 1: by REST; 0: read off the nesting of a page
ALTER TABLE posts ADD COLUMN privacy TEXT; -- BuddyBoss: for whom it was written; null: not told
`
