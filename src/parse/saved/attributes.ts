import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { MAX_NODES, OverBound } from '../document/bounds.js'

/** The value of an attribute in place of the one that is written; the same: it is not changed. */
export type Rewrite = (name: string, value: string) => string

/**
 * The source of a page with the values of some attributes replaced. Everything else is as it was, byte for byte.
 * @throws OverBound
 */
export function withAttributes(source: string, rewrite: Rewrite): string {
  const rewriter = new AttributeRewriter(source, rewrite)
  const tokenizer = new Tokenizer({ decodeEntities: true }, rewriter)
  tokenizer.write(source)
  tokenizer.end()
  return rewriter.result()
}

const nothing = () => {}

class AttributeRewriter implements TokenizerCallbacks {
  private readonly parts: string[] = []
  /** What is before this position is in `parts`. */
  private done = 0
  private name = ''
  private value = ''
  /** Where the value begins. */
  private from = 0
  private attributes = 0

  constructor(
    private readonly source: string,
    private readonly rewrite: Rewrite,
  ) {}

  result(): string {
    return this.done === 0 ? this.source : this.parts.join('') + this.source.slice(this.done)
  }

  onattribname(start: number, end: number): void {
    this.name = this.source.slice(start, end).toLowerCase()
    this.value = ''
    this.from = end
  }

  onattribdata(start: number, end: number): void {
    this.value += this.source.slice(start, end)
  }

  onattribentity(code: number): void {
    this.value += String.fromCodePoint(code)
  }

  /** `end`: behind the closing quote, if there is one. */
  onattribend(_quote: number, end: number): void {
    if (++this.attributes > MAX_NODES) throw new OverBound(`markup of more than ${MAX_NODES} attributes`)
    if (this.value === '') return
    const value = this.rewrite(this.name, this.value)
    if (value === this.value) return
    this.parts.push(this.source.slice(this.done, this.from), `="${escaped(value)}"`)
    this.done = end
  }

  readonly oncdata = nothing
  readonly onclosetag = nothing
  readonly oncomment = nothing
  readonly ondeclaration = nothing
  readonly onend = nothing
  readonly onopentagend = nothing
  readonly onopentagname = nothing
  readonly onprocessinginstruction = nothing
  readonly onselfclosingtag = nothing
  readonly ontext = nothing
  readonly ontextentity = nothing
}

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
