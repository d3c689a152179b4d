import { singleSpaced } from '../../model/markup/white-space.js'
import type { TextVersion } from '../../model/reports/history.js'
import { isOtherAuthor } from '../../model/reports/versions.js'
import type { Paint } from './paint.js'
import { type DiffPart, wordDiff } from './word-diff.js'

export type Text = Pick<TextVersion, 'heading' | 'text' | 'html'> & Partial<Pick<TextVersion, 'author'>>

interface TextDiff {
  /** `html`: the words are the same, so the markup with its link targets is compared. */
  of: 'text' | 'html'
  parts: DiffPart[]
}

/**
 * Compares two texts of a post, each with its title before it. `clean` is applied to both first. Words of two members are not mixed: the
 * whole text of one replaces that of the other.
 */
export function textDiff(before: Text, after: Text, clean = (text: string) => text): TextDiff {
  const [one, other] = [clean(wholeText(before)), clean(wholeText(after))]
  if (singleSpaced(one).trim() !== singleSpaced(other).trim())
    return {
      of: 'text',
      parts: isOtherAuthor(before.author ?? null, after.author ?? null) ? replaced(one, other) : wordDiff(one, other),
    }
  return { of: 'html', parts: wordDiff(clean(before.html), clean(after.html)) }
}

const replaced = (one: string, other: string): DiffPart[] => [
  { op: 'removed', text: one },
  { op: 'added', text: other },
]

export const wholeText = ({ heading, text }: Pick<Text, 'heading' | 'text'>): string =>
  heading ? `${heading}\n\n${text}` : text

/** The note before a difference of markup, or null. */
export function noteOf({ of, parts }: TextDiff): string | null {
  if (of === 'text') return null
  return parts.some(({ op }) => op !== 'same')
    ? '(the words are the same; the HTML:)'
    : '(the words are the same; a picture or a link changed)'
}

const BRACKETS = { removed: ['[-', '-]'], added: ['{+', '+}'] } as const
const WORDS = { removed: ['(removed: ', ')'], added: ['(added: ', ')'] } as const

/** As `git diff --word-diff`: `[-removed-]` and `{+added+}`; each line has its own brackets. */
export function marked(parts: readonly DiffPart[], paint: Paint): string {
  return parts.map(({ op, text }) => (op === 'same' ? text : markedPart(text, op, paint))).join('')
}

function markedPart(text: string, op: 'removed' | 'added', paint: Paint): string {
  const [open, close] = (paint.spoken ? WORDS : BRACKETS)[op]
  const brush = op === 'removed' ? paint.red : paint.green
  return text.replace(/[^\n]+/g, line => brush(`${open}${line}${close}`))
}

/** Only the changes, with `context` characters of unchanged text around them. */
export function abridged(parts: readonly DiffPart[], context = 40): DiffPart[] {
  return parts.map(({ op, text }, at) => {
    if (op !== 'same') return { op, text: middleCut(text, 4 * context, 2 * context) }
    const head = at === 0 ? 0 : context
    return { op, text: middleCut(text, head, at === parts.length - 1 ? 0 : context) }
  })
}

function middleCut(text: string, head: number, tail: number): string {
  if (text.length <= head + tail + 10) return text
  return `${text.slice(0, head).replace(HALF_END, '')}…${tail === 0 ? '' : text.slice(-tail).replace(HALF_START, '')}`
}

/** Half of a surrogate pair. */
const HALF_END = /[\ud800-\udbff]$/
const HALF_START = /^[\udc00-\udfff]/
