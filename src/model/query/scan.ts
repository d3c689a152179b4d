import { UsageError } from '../errors.js'

/** Scans the text of a query from left to right. */
export class QueryScan {
  private at = 0

  constructor(private readonly text: string) {}

  /** Skips white space. True if text follows. */
  hasMore(): boolean {
    this.match(/\s*/y)
    return this.at < this.text.length
  }

  /** Consumes and returns the text that matches here; null: no match. `form` must be a sticky expression. */
  match(form: RegExp): string | null {
    form.lastIndex = this.at
    const [found] = form.exec(this.text) ?? []
    if (found === undefined) return null
    this.at += found.length
    return found
  }

  /** True if the text here matches; consumes nothing. */
  isAt(form: RegExp): boolean {
    form.lastIndex = this.at
    return form.test(this.text)
  }

  /**
   * Consumes a quoted phrase and returns its words; null: there is none here. `"` ends at `"` (but not at `\"`), a typographic quote at
   * another typographic quote.
   * @throws UsageError if the quote is not closed, or empty.
   */
  quoted(): string | null {
    const open = this.match(/["“”„]/y)
    if (open === null) return null
    const inside = this.match(open === '"' ? /(?:\\["\\]|[^"])*/y : /[^“”„]*/y) ?? ''
    if (this.match(/["“”]/y) === null)
      throw new UsageError('A quotation mark is not closed.', 'Put a phrase between two quotation marks: "bee hive".')
    if (inside.trim() === '') throw new UsageError('The quotation marks are empty.')
    return open === '"' ? inside.replace(/\\(["\\])/g, '$1').trim() : inside.trim()
  }

  /** Consumes a word. It ends at white space, at a quotation mark and, inside parentheses, at a `)` that the word has not opened itself. */
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
