import type { Annotation } from '../../model/coding/annotation.js'
import type { Column } from './column.js'
import type { PostRow } from './post-columns.js'

const MISSING = 'no coder gave the post any'

/** What researchers gave a post: only in tables of an export with `--annotations`, behind all other columns. */
export const ANNOTATION_COLUMNS: readonly Column<PostRow>[] = [
  {
    ...{ name: 'codes', type: 'text', certainty: 'observed', missing: MISSING },
    meaning: 'codes that any coder gave the post, in alphabetical order, with `; ` between them',
    value: ({ node }) => joined(codesOf(node.post.annotations ?? []), '; '),
  },
  {
    ...{ name: 'coders', type: 'text', certainty: 'observed', missing: MISSING },
    meaning: 'who gave the post a code or a note, in alphabetical order, with `; ` between them',
    value: ({ node }) => joined(sorted((node.post.annotations ?? []).map(({ coder }) => coder)), '; '),
  },
  {
    ...{ name: 'notes', type: 'text', certainty: 'observed', missing: MISSING },
    meaning: 'notes on the post, a line each, with the coder before them: `Kim: …`',
    value: ({ node }) => joined(notesOf(node.post.annotations ?? []), '\n'),
  },
]

type Annotations = readonly Annotation[]

const codesOf = (annotations: Annotations): string[] => sorted(annotations.flatMap(({ codes }) => codes))

const notesOf = (annotations: Annotations): string[] =>
  annotations.flatMap(({ coder, note }) => (note === null ? [] : [`${coder}: ${note}`]))

/** Each once, in the order of their characters, which is the same on all machines. */
const sorted = (words: readonly string[]): string[] => [...new Set(words)].sort()

const joined = (words: readonly string[], between: string): string | null =>
  words.length === 0 ? null : words.join(between)
