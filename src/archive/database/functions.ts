import type { Database } from 'better-sqlite3'
import { addressKey } from '../../model/addresses.js'
import { foldLetters } from '../../model/fold.js'
import { literalMatches } from '../text/literal-match.js'

/**
 * Adds SQL functions: `folded(text)`, `address_key(url)`, and `contains_words(text, words, isStart)`. Only queries use them, never the schema, so that other
 * programs can open the file.
 */
export function addFunctions(db: Database): void {
  db.function('folded', { deterministic: true }, text => (typeof text === 'string' ? foldLetters(text) : null))
  db.function('address_key', { deterministic: true }, url =>
    typeof url === 'string' && URL.canParse(url) ? addressKey(url) : null,
  )
  let last = { words: '', isStart: 0, form: /(?!)/ }
  db.function('contains_words', { deterministic: true }, (text, words, isStart) => {
    if (words !== last.words || isStart !== last.isStart)
      last = {
        words: String(words),
        isStart: Number(isStart),
        form: literalMatches({ text: String(words), isStart: isStart === 1 }),
      }
    return Number(String(text).search(last.form) >= 0)
  })
}
