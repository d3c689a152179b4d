import { holdsUnspaced } from './v1.js'

/**
 * True for a text with letters of scripts without spaces. A text of as many bytes as characters has none: to compare these two numbers
 * takes a hundredth of the time of the pattern. A query must use the same text, or SQLite does not use the index `posts_unspaced`.
 */
export const mayHoldUnspaced = (column: string): string =>
  `(length(CAST(${column} AS BLOB)) > length(${column}) AND ${holdsUnspaced(column)})`

/** Schema 8: the index of posts in scripts without spaces looks at the letters of those texts only that have any but ASCII. */
export const SCHEMA_8 = `
DROP INDEX posts_unspaced;
CREATE INDEX posts_unspaced ON posts(id) WHERE ${mayHoldUnspaced('text')} OR ${mayHoldUnspaced('heading')};
`
