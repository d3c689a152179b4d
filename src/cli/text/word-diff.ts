import { type ChangeObject, diffArrays } from 'diff'

/** Removed and same parts joined are the old text, same and added ones the new. */
export interface DiffPart {
  op: 'same' | 'removed' | 'added'
  text: string
}

/**
 * Which words took the place of which. Where a text changed in so many places that the search would take long, by lines; where
 * that is not enough, the one text for the other.
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  return withoutSplinters(changesOf(before, after))
}

/** Steps of the search. Its time grows with their square: a fifth of a second at this number, whatever the texts are. */
const MOST_CHANGES = 1500

function changesOf(before: string, after: string): ChangeObject<string[]>[] {
  for (const tokens of [wordsOf, linesOf]) {
    const found = diffArrays(tokens(before), tokens(after), { maxEditLength: MOST_CHANGES })
    if (found) return found
  }
  const whole = (op: 'removed' | 'added', text: string) => ({
    added: false,
    removed: false,
    [op]: true,
    value: [text],
    count: 1,
  })
  return [whole('removed', before), whole('added', after)]
}

/** Scripts that write no spaces between words are compared letter by letter. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'

/** A letter with its marks; a word; blanks; a line's end; any other character with what belongs to it, as in flags and emoji. */
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

const wordsOf = (text: string): string[] => text.match(TOKEN) ?? []
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** Between two changes a blank that stayed only cuts the sentence to pieces: it goes with them. Removed stands before added. */
function withoutSplinters(changes: readonly ChangeObject<string[]>[]): DiffPart[] {
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
  for (const { added, removed, value } of changes) {
    const text = value.join('')
    if (added || removed) {
      change = {
        removed: change.removed + blank + (removed ? text : ''),
        added: change.added + blank + (added ? text : ''),
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
