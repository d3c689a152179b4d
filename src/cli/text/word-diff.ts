import { type ChangeObject, diffArrays } from 'diff'

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

const wordsOf = (text: string): string[] => text.match(TOKEN) ?? []
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** Joins changes that only a blank separates, which would split a sentence into pieces. Removed comes before added. */
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
