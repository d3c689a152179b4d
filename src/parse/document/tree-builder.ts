import { type ChildNode, Comment, Document, Element, Text } from 'domhandler'
import { decodeHTML, decodeHTMLAttribute, decodeXML } from 'entities'
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { remembered } from '../../model/remembered.js'
import { MAX_NODES, OverBound } from './bounds.js'
import { type Tag, tagOf, xmlTagOf } from './tags.js'

/**
 * The tree of a page or fragment, as the `Parser` of htmlparser2 makes it, from the events of its tokenizer. That parser shifts and
 * searches its list of open tags for each tag, so that 100,000 nested elements take a minute. Nodes have their positions in the source
 * (`startIndex`, `endIndex`) and no links to their siblings.
 * @throws OverBound
 */
export const buildTree = (source: string): Document => built(source, false)

/** The tree of an XML document, with names in lower case. Entities that the document itself defines are not replaced. */
export const buildXmlTree = (source: string): Document => built(source, true)

function built(source: string, xmlMode: boolean): Document {
  const builder = new TreeBuilder(source, xmlMode)
  // Entities are decoded here: a tokenizer that looks for them stops at each character.
  const tokenizer = new Tokenizer({ xmlMode, decodeEntities: false }, builder)
  tokenizer.write(source)
  tokenizer.end()
  return builder.root
}

/** The same string for the same name, which makes the objects of attributes faster. */
const lowerCase = remembered((name: string) => name.toLowerCase(), 1000)

class TreeBuilder implements TokenizerCallbacks {
  readonly root = new Document([])
  private readonly tags = new Map<string, Tag>()
  private readonly open: Tag[] = []
  private readonly selfCloses = [false]
  private parent: Document | Element = this.root
  /** The text that a following text continues. */
  private text: Text | null = null
  /** Where the next node begins. */
  private start = 0
  private tag = tagOf('')
  private tagStart = 0
  private attributes: Record<string, string> = {}
  /** Number of the attribute in its element. */
  private at = 0
  private attribute = ''
  private value = ''
  /** Where the next `&` is, as far as the source was read. */
  private entity = -1
  /** The text that follows is the code of a script or style, or one that has no entities for another reason. */
  private isRaw = false
  /** Elements, attributes, comments and texts so far. */
  private nodes = 0

  constructor(
    private readonly source: string,
    private readonly isXml: boolean,
  ) {}

  ontext(start: number, end: number): void {
    this.addText(this.isRaw ? this.source.slice(start, end) : this.decoded(start, end, decodeHTML), end)
  }

  onopentagname(start: number, end: number): void {
    const tag = this.tagAt(start, end)
    this.tag = tag
    this.tagStart = this.start
    while (tag.ends?.has(this.open.at(-1)?.name ?? '')) this.closeLast(end)
    this.attributes = {}
    this.at = 0
  }

  onattribname(start: number, end: number): void {
    this.start = start
    const names = this.tag.attributes
    const last = names[this.at]
    const isSame = last?.length === end - start && this.source.startsWith(last, start)
    this.attribute = isSame ? last : lowerCase(this.source.slice(start, end))
    names[this.at++] = this.attribute
  }

  onattribdata(start: number, end: number): void {
    this.value = this.decoded(start, end, decodeHTMLAttribute)
  }

  onattribend(): void {
    this.count()
    if (!Object.hasOwn(this.attributes, this.attribute)) this.attributes[this.attribute] = this.value
    this.value = ''
  }

  onopentagend(end: number): void {
    this.start = this.tagStart
    this.openElement(end)
    this.start = end + 1
    this.isRaw = this.tag.isRaw
  }

  onselfclosingtag(end: number): void {
    this.onopentagend(end)
    this.isRaw = false
    if ((this.isXml || this.selfCloses.at(-1)) && !this.tag.isVoid) this.closeLast(end)
  }

  onclosetag(start: number, end: number): void {
    this.isRaw = false
    const tag = this.innermostNamed(start, end) ?? this.tagAt(start, end)
    if (tag.selfCloses !== undefined) this.selfCloses.pop()
    if (tag.open > 0) this.closeTo(tag, end)
    // Browsers read these two end tags as whole elements.
    else if (!this.isXml && (tag.name === 'p' || tag.name === 'br')) this.addNode(new Element(tag.name, {}), end)
    this.start = end + 1
  }

  oncomment(start: number, end: number, endOffset: number): void {
    this.addNode(new Comment(this.source.slice(start, end - endOffset)), end)
    this.start = end + 1
  }

  oncdata(start: number, end: number, endOffset: number): void {
    if (this.isXml) this.addText(this.source.slice(start, end - endOffset), end + 1)
    else this.oncomment(start, end, endOffset)
  }

  ondeclaration(start: number, end: number): void {
    this.oncomment(start, end, 0)
  }

  onprocessinginstruction(start: number, end: number): void {
    this.oncomment(start, end, 0)
  }

  onend(): void {
    while (this.open.length > 0) this.closeLast(this.start)
  }

  /** The innermost open tag, if this is its name: nearly all end tags end it, and need no copy of their name. */
  private innermostNamed(start: number, end: number): Tag | undefined {
    const tag = this.open.at(-1)
    return tag && tag.name.length === end - start && this.source.startsWith(tag.name, start) ? tag : undefined
  }

  private tagAt(start: number, end: number): Tag {
    const written = this.source.slice(start, end)
    const known = this.tags.get(written)
    if (known) return known
    // XML tells `pubDate` from `pubdate`.
    const name = this.isXml ? written : written.toLowerCase()
    const tag = this.tags.get(name) ?? (this.isXml ? xmlTagOf(name) : tagOf(name))
    this.tags.set(name, tag).set(written, tag)
    return tag
  }

  /** What is between two positions. Most texts have no entity, which the position of the next `&` in the source tells without a search. */
  private decoded(start: number, end: number, decode: (html: string) => string): string {
    const written = this.source.slice(start, end)
    if (this.entity < start) this.entity = this.nextEntity(start)
    if (this.entity >= end) return written
    return this.isXml ? decodeXML(written) : decode(written)
  }

  private nextEntity(from: number): number {
    const at = this.source.indexOf('&', from)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }

  /** The tokenizer decodes nothing. */
  ontextentity(): void {}
  onattribentity(): void {}

  private addText(data: string, end: number): void {
    if (this.text) {
      this.text.data += data
      this.text.endIndex = end - 1
    } else {
      const text = new Text(data)
      this.addNode(text, end - 1)
      this.text = text
    }
    this.start = end
  }

  private count(): void {
    if (++this.nodes > MAX_NODES) throw new OverBound(`markup of more than ${MAX_NODES} elements and attributes`)
  }

  private addNode(node: ChildNode, end: number): void {
    this.count()
    node.parent = this.parent
    node.startIndex = this.start
    node.endIndex = end
    // An array with its first member takes less memory than an empty one that grows, and most elements have one child.
    if (this.parent.children.length === 0) this.parent.children = [node]
    else this.parent.children.push(node)
    this.text = null
  }

  private openElement(end: number): void {
    const { tag } = this
    const element = new Element(tag.name, this.attributes)
    this.addNode(element, end)
    if (tag.isVoid) return
    this.parent = element
    this.open.push(tag)
    tag.open++
    if (tag.selfCloses !== undefined) this.selfCloses.push(tag.selfCloses)
  }

  private closeTo(tag: Tag, end: number): void {
    const depth = this.open.lastIndexOf(tag)
    while (this.open.length > depth) this.closeLast(end)
  }

  private closeLast(end: number): void {
    const tag = this.open.pop()
    if (tag) tag.open--
    this.parent.endIndex = end
    this.parent = (this.parent as Element).parent as Document | Element
    this.text = null
  }
}
