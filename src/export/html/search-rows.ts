import type { StoredPost } from '../../model/archive.js'
import { cleanLine } from '../text.js'
import { whenWords } from '../words/dates.js'
import { authorName } from '../words/names.js'
import type { View } from '../words/status.js'

/** Letters of one file of the search: a browser reads it in some ten milliseconds. */
const MAX_LETTERS = 1_000_000

/** The texts of the posts of a group, as files that a page without a server can load: scripts that hand over data. */
export class SearchRows {
  /** Paths of the files, in their order. */
  readonly files: string[] = []
  private rows: string[] = []
  private letters = 0
  private year = ''
  private part = 0

  /** `path`: the path of a file of this year. */
  constructor(private readonly path: (year: string, part: number) => string) {}

  /** `page`: the page with the post, from the folder of the group. A year has files of its own, so that a later export changes few. */
  *startYear(year: string): Generator<{ name: string; body: string[] }> {
    if (year === this.year) return
    yield* this.end()
    this.year = year
    this.part = 0
  }

  add(post: StoredPost, page: string, view: View): void {
    const text = cleanLine([post.heading, post.text].filter(Boolean).join(' '))
    const row = JSON.stringify([page, authorName(post), whenWords(post.when, view.clock), text])
    // U+2028 and U+2029 end a line of a script; `<` could end an element that a script is copied into.
    this.rows.push(row.replace(/[<\u2028\u2029]/g, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`))
    this.letters += row.length
  }

  *full(): Generator<{ name: string; body: string[] }> {
    if (this.letters > MAX_LETTERS) yield* this.end()
  }

  /** The file of the rows that no file has yet. */
  *end(): Generator<{ name: string; body: string[] }> {
    if (this.rows.length === 0) return
    const name = this.path(this.year, ++this.part)
    this.files.push(name)
    const rows = this.rows
    this.rows = []
    this.letters = 0
    yield { name, body: [`threadkeepSearch([\n${rows.join(',\n')}\n])\n`] }
  }
}
