/** Schema 3: BuddyBoss' titles and topics. A title is edited like a text, so revisions keep the earlier one. */
export const SCHEMA_3 = `
ALTER TABLE posts ADD COLUMN heading TEXT; -- BuddyBoss: the title that its author gave it; null: none, or not told
ALTER TABLE posts ADD COLUMN topic TEXT; -- BuddyBoss: name of the topic that it was filed under; null: none, or not told
ALTER TABLE revisions ADD COLUMN heading TEXT;
`
