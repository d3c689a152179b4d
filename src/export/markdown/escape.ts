/** What a text is beside. */
interface Beside {
  /** The text begins a line. */
  startsLine?: boolean
  /** The character that follows the text in the document; empty: none, or a line end. */
  after?: string
}

/**
 * Text of members as markdown that every reader shows as it was typed: GitHub, pandoc's readers, Obsidian, Logseq, Dataview, Templater,
 * Jekyll, Hugo. Some of these look for pairs such as `{{` or `%%` before they read any markdown, so that no raw pair may be left.
 */
export function typed(text: string, { startsLine = false, after = '' }: Beside = {}): string {
  const start = startsLine ? (LINE_START.exec(text)?.[0].length ?? 0) : 0
  if (start === 0 && !SPECIAL.test(text)) return text
  // `\\>`, `\\-\\-\\-`, `1\\.`, `\\(a\\)`, `Table\\:`
  const head = text.slice(0, start).replace(/[^\p{L}\p{N}]/gu, '\\$&')
  const rest = text
    .slice(start)
    .replace(EACH_SPECIAL, (character, at: number) =>
      isLive(character, text, at + start, after) ? (ENTITIES[character] ?? `\\${character}`) : character,
    )
  return head + rest
}

/** Python-Markdown has no escape of these, and would read `\<b>` as markup behind a backslash. */
const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;' }

const CHARACTERS = '[\\\\`*_[\\]{}$^~|<#@&!:%=(-]|(?<=(?<![\\p{L}\\p{N}])www)\\.'
const SPECIAL = new RegExp(CHARACTERS, 'iu')
const EACH_SPECIAL = new RegExp(CHARACTERS, 'giu')

/** Of these, one that could begin something; others are escaped always. */
function isLive(character: string, text: string, at: number, after: string): boolean {
  const [before, next] = [text[at - 1] ?? '', text[at + 1] ?? after]
  switch (character) {
    case '<':
      return !/^[\s\d=]?$/.test(next) || (next === '' && after !== '')
    case '#':
      return before === '{' || (!/[\p{L}\p{N}]/u.test(before) && /^$|[\p{L}\p{N}\p{M}_/{-]/u.test(next))
    case '@':
      return /[\p{L}\p{N}_{(]/u.test(next)
    case '&':
      return /^(?:#|\w+;)/.test(text.slice(at + 1, at + 40))
    case '!':
      return next === '['
    case ':':
      // `:tada:` is an emoji; the minutes of a time are none.
      return before === ':' || /^(?:\/\/|(?!\d\d:)[\w+-]{1,40}:)/.test(text.slice(at + 1, at + 42))
    case '%':
      return /[<{%]/.test(before) || /[>}]/.test(next)
    case '=':
    case '(':
    case '-':
      return before === character
    default:
      return true
  }
}

/** Characters at the start of a line that make it a list, a heading, a quotation, a rule, a definition or an underline. */
const LINE_START =
  /^(?:[>:]+|#+(?=\s|$)|[-+=]+(?=[-+=:|\s]|$)|[-+]+(?=\s|$)|(?:\(?(?:\d{1,12}|[a-z]|[ivxlcdm]+|#|@[\w-]*)[.)]|Table:)(?=\s|$)|%(?=\s|$))/i
