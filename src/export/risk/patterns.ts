/** What identifies people in texts besides the names of members. */
interface Pattern {
  name: string
  /** For the report. */
  about: string
  pattern: RegExp
  /** Whether this is one: digits alone may be anything. */
  accepts?(found: string): boolean
}

const digitsOf = (text: string): number => text.replace(/\D/g, '').length

/** Days, times and years are no numbers of telephones. */
const DATE = /^\d{4}-\d\d?-\d\d?|^\d\d?[./]\d\d?[./]\d{2,4}|^(?:19|20)\d\d\s*[-/]\s*(?:19|20)\d\d$/

export const PATTERNS: readonly Pattern[] = [
  {
    name: 'emails',
    about: 'E-mail addresses',
    // Only from the beginning of a run of letters: from each of its letters, a long one would take minutes.
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+(?:@|\s?\[at\]\s?|\s?\(at\)\s?)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu,
  },
  {
    name: 'phones',
    about: 'Telephone numbers',
    pattern: /(?<![\p{L}\p{N}./_-])(?:\+|00)?\(?\d[\d ().\u00a0/-]{6,20}\d(?![\p{L}\p{N}_])/gu,
    accepts: found => digitsOf(found) >= 7 && digitsOf(found) <= 15 && !DATE.test(found) && /[ +(./-]|^0/.test(found),
  },
  {
    name: 'postcodes',
    about: 'Postcodes',
    pattern:
      /\b(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d|\d{4} [A-Z]{2}|[A-Z]{2} \d{5}(?:-\d{4})?|\d{2}-\d{3})(?![\p{L}\p{N}-])|\b(?:[A-Z]{1,2}-)?\d{5} \p{Lu}\p{Ll}{2,}/gu,
  },
  {
    name: 'handles',
    about: 'Names behind an @ that are none of a member',
    pattern: /(?<![\p{L}\p{N}._%+-])@(?!member-[0-9a-f]+|name\b)[\p{L}\p{N}_.-]*[\p{L}\p{N}]/giu,
  },
  {
    name: 'profiles',
    about: 'Addresses of profiles elsewhere',
    pattern:
      /(?:facebook|twitter|x|instagram|linkedin|tiktok|vk|youtube|github|t|flickr|mastodon\.\w+|bsky)\.(?:com|me|app|social)\/[^\s"<>]{2,}/giu,
  },
]

/** A sentence of eight words finds its post in a search engine. */
export const hasSearchableSentence = (text: string): boolean => SPACED.test(text) || UNSPACED.test(text)

/** Only from the beginning of a word, and in place: a list of all sentences would take many times the memory of a long text. */
const SPACED = /(?<![^\s.!?…。！？])(?:[^\s.!?…。！？]+[^\S\n]+){7}[^\s.!?…。！？]/
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{16}/u
