/**
 * Texts as SQLite and the programs that read the archive can hold them: without NUL, at which SQLite's own functions end a text, and
 * without half a surrogate pair, which is no UTF-8, so that Python refuses the whole table. JSON can write both; browsers show neither.
 */

const NUL = '\0'

/** A text without NUL. */
export const withoutNul = (text: string): string => (text.includes(NUL) ? text.replaceAll(NUL, '') : text)

/** NUL, half a pair, and a backslash that stands for itself before what may be either. */
const SUSPECT = /\\u(?:0000|d[89ab][\da-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][\da-f]{2}\\u)d[c-f])|\\\\u/i

/** Behind an even number of backslashes, which stand for themselves: NUL, or a surrogate with or without its other half. */
const ESCAPED = /(?<!\\)((?:\\\\)*)\\u(?:(0000)|d[89ab][\da-f]{2}(\\ud[c-f][\da-f]{2})?|d[c-f][\da-f]{2})/gi

const REPLACEMENT = '\\ufffd'

/**
 * The value of JSON that a site has sent; its texts hold no NUL, and U+FFFD for half a pair.
 * @throws SyntaxError
 */
export function siteJson(json: string): unknown {
  if (!SUSPECT.test(json)) return JSON.parse(json)
  const storable = json.replace(ESCAPED, (all: string, before: string, nul?: string, half?: string) => {
    if (nul) return before
    return half ? all : before + REPLACEMENT
  })
  return JSON.parse(storable)
}
