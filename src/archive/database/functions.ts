import type { Database } from 'better-sqlite3'
import { foldLetters } from '../../model/fold.js'
import { literalMatches } from '../text/literal-match.js'

/** What SQLite can't do by itself. Only our own queries call these: the file opens in other programs. */
export function addFunctions(db: Database): void {
  db.function('folded', { deterministic: true }, text => (typeof text === 'string' ? foldLetters(text) : null))
  let last = { words: '', isStart: 0, form: /(?!)/ }
  db.function('stands_in', { deterministic: true }, (text, words, isStart) => {
    if (words !== last.words || isStart !== last.isStart)
      last = {
        words: String(words),
        isStart: Number(isStart),
        form: literalMatches({ text: String(words), isStart: isStart === 1 }),
      }
    return Number(String(text).search(last.form) >= 0)
  })
}
