import { type ChangeObject, Diff } from 'diff'

/** The removed and same parts joined are the old text; the same and added parts the new one. */
export interface DiffPart {
  op: 'same' | 'removed' | 'added'
  text: string
}

/** The words that were removed and added. If there are too many changes: the lines, else the whole texts. */
export function wordDiff(before: string, after: string): DiffPart[] {
  return withoutSplinters(changesOf(before, after))
}

/** The time of the search grows with the square of this number: at most 0.2 s for any two texts. */
const MOST_CHANGES = 1500

function changesOf(before: string, after: string): DiffPart[] {
  for (const pattern of [TOKEN, LINE]) {
    const ids = new Map<string, number>()
    const [one, other] = [tokensOf(before, pattern, ids), tokensOf(after, pattern, ids)]
    const found = isFarFrom(one, other, ids.size)
      ? undefined
      : tokenDiff.diff(one, other, { maxEditLength: MOST_CHANGES })
    if (found) return partsOf(found, before, after, [...ids.keys()])
  }
  return [
    { op: 'removed', text: before },
    { op: 'added', text: after },
  ]
}

/** True if more tokens are in one text only than may have changed. The search would find that out in more time and memory. */
function isFarFrom(one: Int32Array, other: Int32Array, ids: number): boolean {
  const counts = new Int32Array(ids)
  for (const id of one) counts[id] = (counts[id] ?? 0) + 1
  for (const id of other) counts[id] = (counts[id] ?? 0) - 1
  return counts.reduce((sum, count) => sum + Math.abs(count), 0) > MOST_CHANGES
}

/** Compares numbers of tokens without copies of them: a long text has millions of tokens, but few different ones. */
class TokenDiff extends Diff<number, Int32Array> {
  // Its types ask for an array, of which it takes lengths, elements and slices only.
  override tokenize = (ids: Int32Array) => ids as unknown as number[]
  override removeEmpty = (ids: number[]) => ids
  override join = (ids: number[]) => ids as unknown as Int32Array
}

const tokenDiff = new TokenDiff()

/** The number of each token. Equal tokens have equal numbers, across all texts with these `ids`. */
function tokensOf(text: string, pattern: RegExp, ids: Map<string, number>): Int32Array {
  // Room for all that a text can have: memory that nothing is written into is not taken.
  const tokens = new Int32Array(text.length)
  let count = 0
  for (const [token] of text.matchAll(pattern)) {
    const id = ids.get(token) ?? ids.size
    if (id === ids.size) ids.set(token, id)
    tokens[count++] = id
  }
  return tokens.subarray(0, count)
}

/** The changes as slices of the texts. */
function partsOf(
  changes: readonly ChangeObject<Int32Array>[],
  before: string,
  after: string,
  tokens: readonly string[],
): DiffPart[] {
  const at = { before: 0, after: 0 }
  return changes.map(({ added, removed, value }) => {
    const length = value.reduce((sum, id) => sum + (tokens[id]?.length ?? 0), 0)
    const text = removed ? before.slice(at.before, at.before + length) : after.slice(at.after, at.after + length)
    if (!added) at.before += length
    if (!removed) at.after += length
    return { op: removed ? 'removed' : added ? 'added' : 'same', text }
  })
}

/** Scripts without spaces between words are compared letter by letter. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'

/** A letter of an unspaced script; a word; blanks; a line feed; a flag; any other character with its marks and joined emoji. */
const TOKEN = new RegExp(
  [
    `[${UNSPACED}]\\p{M}*`,
    `(?:(?![${UNSPACED}])[\\p{L}\\p{N}_](?:\\p{M}|[\\u200c\\u200d'’](?=[\\p{L}\\p{N}]))*)+`,
    '[^\\S\\n]+',
    '\\n',
    '\\p{Regional_Indicator}{2}',
    '.(?:\\p{M}|\\p{Emoji_Modifier}|\\u200d\\p{Extended_Pictographic})*',
  ].join('|'),
  'gsu',
)

const LINE = /[^\n]*\n|[^\n]+$/g

/** Joins changes that only a blank separates, which would split a sentence into pieces. Removed comes before added. */
function withoutSplinters(changes: readonly DiffPart[]): DiffPart[] {
  const parts: DiffPart[] = []
  let change = { removed: '', added: '' }
  let blank = ''
  const close = () => {
    if (change.removed) parts.push({ op: 'removed', text: change.removed })
    if (change.added) parts.push({ op: 'added', text: change.added })
    if (blank) parts.push({ op: 'same', text: blank })
    change = { removed: '', added: '' }
    blank = ''
  }
  for (const { op, text } of changes) {
    if (op !== 'same') {
      change = {
        removed: change.removed + blank + (op === 'removed' ? text : ''),
        added: change.added + blank + (op === 'added' ? text : ''),
      }
      blank = ''
    } else if (/^[^\S\n]+$/.test(text) && (change.removed || change.added)) blank = text
    else {
      close()
      parts.push({ op: 'same', text })
    }
  }
  close()
  return parts
}
