import { Parser } from 'htmlparser2'
import { wordsOfMarkup } from '../../model/markup/words-of-markup.js'
import { DROPPED } from '../body/hast.js'
import type { Pseudonym } from './name-finder.js'
import type { Replacement } from './texts.js'

/** What becomes of the parts of a body. */
interface BodyCover {
  /** What is replaced in the words of one paragraph. */
  words(text: string): readonly Replacement[]
  /** Whose profile a link leads to; null: nobody's. */
  profileOf(href: string): Pseudonym | null
  /** The address of a link; null: the link loses it. */
  href(href: string): string | null
  /** The address of a picture; null: it is left out. */
  src(src: string): string | null
}

/** Elements that stay, without attributes but those of `attributesOf`. Of others the content stays: their names are what a stranger wrote. */
const KEPT = new Set(
  `p h1 h2 h3 h4 h5 h6 em i cite dfn strong b del s strike a code kbd samp tt sup sub pre blockquote ul ol li dl dt dd table caption
  thead tbody tfoot tr td th br hr q div section article aside header footer main nav details summary address figure figcaption span
  center fieldset legend hgroup img u ins mark small big`.split(/\s+/),
)

const VOID = new Set(['br', 'hr', 'img'])

/** Elements within a paragraph: a name may go on across them. */
const INLINE = new Set(
  'em i cite dfn strong b del s strike code kbd samp tt sup sub q span u ins mark small big'.split(' '),
)

/** Most tags of a body; of more, only the words stay. As `bodyTree` has it. */
const MAX_TAGS = 20_000

/** A body with pseudonyms, and the words of its links to profiles with whom they name. */
export function coveredBody(html: string, cover: BodyCover): { html: string; names: Map<string, Pseudonym> } {
  if (html.trim() === '') return { html, names: new Map() }
  const writer = new BodyWriter(cover)
  const parser = new Parser(writer, { decodeEntities: true })
  const isTooMuch = html.split('<', MAX_TAGS + 1).length > MAX_TAGS
  parser.end(isTooMuch ? wordsOfMarkup(html, DROPPED) : html)
  return { html: writer.html(), names: writer.names }
}

/** Writes what a parser reads. The words of a paragraph wait until it ends, so that names are found across its elements. */
class BodyWriter {
  readonly names = new Map<string, Pseudonym>()
  private readonly pieces: string[] = []
  /** Places among the pieces of the words of the open paragraph. */
  private words: number[] = []
  /** Number of open elements whose content is left out. */
  private dropped = 0
  /** Whose profile the open link leads to. */
  private profile: Pseudonym | null = null

  constructor(private readonly cover: BodyCover) {}

  html(): string {
    return this.pieces.join('')
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    if (DROPPED.has(name)) this.dropped++
    if (this.dropped > 0 || !KEPT.has(name)) return
    if (!INLINE.has(name)) this.flush()
    if (name === 'img') this.picture(attributes)
    else this.pieces.push(`<${name}${this.attributesOf(name, attributes)}>`)
  }

  onclosetag(name: string): void {
    if (DROPPED.has(name)) this.dropped = Math.max(0, this.dropped - 1)
    if (this.dropped > 0 || !KEPT.has(name) || VOID.has(name)) return
    if (!INLINE.has(name)) this.flush()
    if (name === 'a') this.profile = null
    this.pieces.push(`</${name}>`)
  }

  ontext(text: string): void {
    if (this.dropped > 0) return
    this.words.push(this.pieces.length)
    this.pieces.push(text)
  }

  onend(): void {
    this.flush()
  }

  private flush(): void {
    const words = this.words.map(at => this.pieces[at] ?? '')
    const text = words.join('')
    const replacements =
      this.profile && text.trim() !== '' ? [this.nameOfLink(text, this.profile)] : this.cover.words(text)
    for (const [at, piece] of spread(words, replacements).entries())
      this.pieces[this.words[at] as number] = escaped(piece)
    this.words = []
  }

  /** The words of a link to a profile are a name, whatever they are. */
  private nameOfLink(text: string, who: Pseudonym): Replacement {
    const name = text.trim()
    this.names.set(name, who)
    return { start: 0, end: text.length, by: name.startsWith('@') ? `@${who.slug}` : who.name }
  }

  private picture({ src = '', alt = '', class: classes = '' }: Record<string, string>): void {
    const covered = this.cover.src(src)
    const words = spread([alt], this.cover.words(alt))[0] ?? ''
    const emoji = /(?:^|\s)(emoji|wp-smiley)(?:\s|$)/.exec(classes)?.[1]
    const marked = emoji === undefined ? '' : ` class="${emoji}"`
    if (covered !== null) this.pieces.push(`<img${marked} src="${escaped(covered)}" alt="${escaped(words)}">`)
  }

  private attributesOf(name: string, attributes: Record<string, string>): string {
    if (name === 'a') {
      const href = attributes['href'] ?? ''
      this.profile = this.cover.profileOf(href)
      const covered = this.cover.href(href)
      return covered === null ? '' : ` href="${escaped(covered)}"`
    }
    const kept = Object.entries(attributes).filter(([key, value]) => SAFE[name]?.[key]?.test(value))
    return kept.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')
  }
}

const NUMBER = /^\d{1,6}$/
const ALIGN = /^(?:left|right|center)$/

/** Attributes that hold no words. */
const SAFE: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  ol: { start: NUMBER },
  td: { colspan: NUMBER, rowspan: NUMBER, align: ALIGN },
  th: { colspan: NUMBER, rowspan: NUMBER, align: ALIGN },
}

/** The parts of a text after replacements in the whole of it: what takes the place of a name is in the part where the name begins. */
function spread(parts: readonly string[], replacements: readonly Replacement[]): string[] {
  if (replacements.length === 0) return [...parts]
  const out: string[] = []
  let from = 0
  let next = 0
  for (const part of parts) {
    const to = from + part.length
    let [kept, at] = ['', from]
    for (let one = replacements[next]; one && one.start < to; one = replacements[next]) {
      if (one.start >= at) kept += part.slice(at - from, one.start - from)
      if (one.start >= from) kept += one.by
      at = Math.min(one.end, to)
      if (one.end > to) break
      next++
    }
    out.push(kept + part.slice(at - from))
    from = to
  }
  return out
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
