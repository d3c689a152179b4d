/** Superscripts and subscripts as plain text: without them, 10 to the 6th would read as 106. */

const RAISED = characters('0123456789+-−=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ')
const LOWERED = characters('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎')

/** Endings of ordinal numbers and abbreviations of several languages, which are read the same on the line: 1st, 2e, nº. */
const ENDING = /^(st|nd|rd|th|er|re|ère|e|è|es|ème|o|os|a|as|ten|te|de|tm|sm|mr)$/i

/** Up to this many letters are an exponent or an index; more are small print. */
const MAX_LETTERS = 3

/** `6` raised is `⁶`; `x`, for which Unicode has no such letter, is `^x`. Endings of words and longer texts stay as they are. */
export function scripted(name: 'sup' | 'sub', words: string): string {
  const map = name === 'sup' ? RAISED : LOWERED
  const text = words.trim()
  if (text === '' || ENDING.test(text)) return words
  if ([...text].every(character => map.has(character))) return [...text].map(character => map.get(character)).join('')
  const isShort = text.length <= MAX_LETTERS && /^[\p{L}\p{N}]+$/u.test(text)
  return isShort ? `${name === 'sup' ? '^' : '_'}${text}` : words
}

function characters(from: string, to: string): ReadonlyMap<string, string> {
  const results = [...to]
  return new Map([...from].map((character, at) => [character, results[at] ?? character]))
}
