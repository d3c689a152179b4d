import { UsageError } from '../errors.js'

/** The text of a query, read from left to right. */
export class QueryScan {
  private at = 0

  constructor(private readonly text: string) {}

  /** Passes over blanks; whether something follows. */
  hasMore(): boolean {
    this.match(/\s*/y)
    return this.at < this.text.length
  }

  /** What stands here, if it is of this (sticky) form. */
  match(form: RegExp): string | null {
    form.lastIndex = this.at
    const [found] = form.exec(this.text) ?? []
    if (found === undefined) return null
    this.at += found.length
    return found
  }

  /** What stands here, without passing over it. */
  isAt(form: RegExp): boolean {
    form.lastIndex = this.at
    return form.test(this.text)
  }

  /** Words in quotes, if some begin here: `"` ends at `"`, and the quotes of word processors at one of theirs; `\"` is none. */
  quoted(): string | null {
    const open = this.match(/["“”„]/y)
    if (open === null) return null
    const inside = this.match(open === '"' ? /(?:\\["\\]|[^"])*/y : /[^“”„]*/y) ?? ''
    if (this.match(/["“”]/y) === null)
      throw new UsageError('A quotation mark is not closed.', 'Put words that belong together between two: "bee hive".')
    if (inside.trim() === '') throw new UsageError('Nothing stands between the quotation marks.')
    return open === '"' ? inside.replace(/\\(["\\])/g, '$1').trim() : inside.trim()
  }

  /** A word ends at a blank, a quotation mark, and inside of parentheses at one that it has not opened itself. */
  word(inParentheses: boolean): string {
    const from = this.at
    let open = 0
    while (this.at < this.text.length && !this.isAt(/[\s"“”„]/y)) {
      if (this.text[this.at] === '(') open++
      if (this.text[this.at] === ')' && --open < 0 && inParentheses) break
      this.at++
    }
    return this.text.slice(from, this.at)
  }
}
