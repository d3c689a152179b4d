import type { ExportTest } from '../model/reports/forget.js'

/** What a text has of a member; a name counts more than words. */
export type Trace = 'name' | 'words'

/** Characters of the piece before: a name or a phrase may lie across. */
const OVERLAP = 4096

/** Searches a text that comes in pieces of bytes. */
export class TraceSearch {
  found: Trace | null = null
  private readonly decoder = new TextDecoder()
  private before = ''

  constructor(private readonly test: ExportTest) {}

  /** True once a name was found: further pieces change nothing. */
  take(piece: Uint8Array): boolean {
    if (this.found === 'name') return true
    const text = this.before + this.decoder.decode(piece, { stream: true })
    this.found = traceIn(text, this.test, this.found)
    this.before = text.slice(-OVERLAP)
    return this.found === 'name'
  }
}

/** `known`: what was found before, so that words are searched for once only. */
export function traceIn(text: string, { names, words }: ExportTest, known: Trace | null = null): Trace | null {
  if (names(text)) return 'name'
  return known ?? (words(text) ? 'words' : null)
}

/** Files whose bytes are the text. */
export const TEXTS = /\.(?:md|html?|jsonl?|[ct]sv|txt|ya?ml|bib|ris|xml|atom|js|graphml|gexf|svg)$/i
/** Files in which no member is named. */
export const PICTURES = /\.(?:png|jpe?g|gif|webp|avif|bmp|ico|mp[34]|webm|ogg|wav|css)$/i
