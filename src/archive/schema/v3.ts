/** Schema 3: titles and topics of BuddyBoss posts. A title can be edited like a text, so revisions keep the earlier one. */
export const SCHEMA_3 = `
ALTER TABLE posts ADD COLUMN heading TEXT; -- BuddyBoss: title given by the author; null: none, or not known
ALTER TABLE posts ADD COLUMN topic TEXT; -- BuddyBoss: name of the topic of the post; null: none, or not known
ALTER TABLE revisions ADD COLUMN heading TEXT;
`
