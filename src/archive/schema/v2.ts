/** Schema 2: marks parents that the site itself named (REST), which the nesting of a page must not replace; privacy of BuddyBoss posts. */
export const SCHEMA_2 = `
ALTER TABLE posts ADD COLUMN parent_named INTEGER NOT NULL DEFAULT 0; -- 1: named by REST; 0: derived from the nesting of a page
ALTER TABLE posts ADD COLUMN privacy TEXT; -- BuddyBoss: audience of the post; null: not known
`
