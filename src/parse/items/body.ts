import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import type { Attachment, Link } from '../../model/discussion.js'
import { originalImage, originalLink } from '../../model/markup/original-url.js'
import { scripted } from '../../model/markup/scripts.js'
import { isOverlong, MAX_DEPTH } from '../document/bounds.js'
import { classes, collapseSpace, elementsBelow, first, linkText, rawTextOf } from '../document/dom.js'
import { resolveUrl } from '../document/links.js'
import { testOf } from '../document/selector.js'
import type { PostSelectors } from '../templates/template.js'
import { mediaIn, uniqueByUrl } from './media.js'

export interface Body {
  html: string
  text: string
  truncated: boolean
  attachments: Attachment[]
  links: Link[]
  /** Its markup was nested too deep: `html` has the words only. */
  isDeep?: true
}

export const EMPTY_BODY: Body = { html: '', text: '', truncated: false, attachments: [], links: [] }

/** Reads the text of a member from the element that BuddyPress puts around it. A text over the bound counts as shortened to nothing. */
export function readBody(
  element: AnyNode & { children: AnyNode[] },
  source: string,
  base: string,
  { readMore, media = '' }: Pick<PostSelectors, 'readMore' | 'media'>,
  frames: readonly AnyNode[] = [],
): Body {
  if (isOverlong(lengthOf(element))) return { ...EMPTY_BODY, truncated: true }
  if (frames.length === 0 && isPlain(element))
    return { ...EMPTY_BODY, html: htmlOf(element, source, frames), text: textOf(element, NOTHING) }
  const isMedia = media === '' ? isNone : testOf(media)
  const isFrame = frames.length === 0 ? isNone : isAmong(frames)
  const inside = elementsBelow(element, part => !isMedia(part) && !isFrame(part)).filter(part => !isFrame(part))
  const mark = first(inside, readMore)
  const added = [...(mark ? [mark] : []), ...inside.filter(isMedia), ...frames]
  const text = textOf(element, added.length === 0 ? NOTHING : new Set(added))
  const isDeep = lengthOf(element) > SHORTEST_DEEP && depthOf(element) > MAX_DEPTH
  return {
    html: isDeep ? paragraphsOf(text) : htmlOf(element, source, added),
    text,
    ...(isDeep && { isDeep: true as const }),
    truncated: mark !== undefined,
    attachments: withoutTwins(
      inside,
      inside.flatMap(part => (isMedia(part) ? mediaIn(part, base) : attachmentOf(part, base))),
    ),
    links: inside.filter(part => part.name === 'a' && part.parent !== mark).flatMap(part => linkOf(part, base)),
  }
}

/** True if a body holds nothing but words in paragraphs, as most do: no selector of a template means a `p` or `br` without attributes. */
const isPlain = ({ children }: { children: AnyNode[] }): boolean =>
  children.every(node => isText(node) || (isBare(node, 'p') && node.children.every(isWords)))

const isWords = (node: AnyNode): boolean => isText(node) || isBare(node, 'br')

const isBare = (node: AnyNode, name: string): node is Element =>
  isTag(node) && node.name === name && Object.keys(node.attribs).length === 0

const isNone = () => false
const NOTHING: ReadonlySet<AnyNode> = new Set()

const isAmong = (nodes: readonly AnyNode[]): ((node: AnyNode) => boolean) => {
  const set = new Set(nodes)
  return node => set.has(node)
}

/** Fewer characters cannot hold so many levels: the shortest tag is `<a>`. */
const SHORTEST_DEEP = 3 * MAX_DEPTH

/** Levels of elements below this one, at most one more than the bound. */
function depthOf(element: { children: AnyNode[] }): number {
  let level: readonly AnyNode[] = element.children
  for (let depth = 0; ; depth++) {
    const inside = level.filter(isTag)
    if (inside.length === 0 || depth > MAX_DEPTH) return depth
    level = inside.flatMap(({ children }) => children)
  }
}

const paragraphsOf = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .split(/\n{2,}/)
    .map(part => `<p>${part.replaceAll('\n', '<br />')}</p>`)
    .join('\n')

/** Characters of the HTML of a body. */
export const lengthOf = ({ children }: { children: AnyNode[] }): number =>
  (children.at(-1)?.endIndex ?? -1) + 1 - (children[0]?.startIndex ?? 0)

/** The body as the site wrote it, cut out of the source, without the elements that the software added ("Read more", media). */
function htmlOf(element: { children: AnyNode[] }, source: string, added: readonly AnyNode[]): string {
  let from = element.children[0]?.startIndex ?? 0
  const to = (element.children.at(-1)?.endIndex ?? -1) + 1
  let html = ''
  for (const part of added.toSorted((a, b) => (a.startIndex ?? 0) - (b.startIndex ?? 0))) {
    html += source.slice(from, Math.max(from, part.startIndex ?? to))
    from = Math.max(from, (part.endIndex ?? to) + 1)
  }
  return (html + source.slice(from, to)).trim()
}

const BLOCKS = new Set(
  'p div blockquote pre ul ol table tr h1 h2 h3 h4 h5 h6 section article figure hr dl dt dd object'.split(' '),
)
/** Elements whose content is no text of a post. */
export const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'iframe', 'noscript', 'template'])

/** Plain text for reading and searching: blocks and `<br>` end lines, images of emoji become characters. */
function textOf(root: AnyNode, without: ReadonlySet<AnyNode>): string {
  let text = ''
  const stack: (AnyNode | string)[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') text += node
    else if (isText(node)) text += without.has(node) ? '' : collapseSpace(node.data)
    else if ('children' in node && !without.has(node)) pushParts(node, stack)
  }
  return inLines(text)
}

/** The text with one empty line between paragraphs, and no white space around lines. */
export function inLines(text: string): string {
  const whole = text.trim()
  // Most posts are one paragraph and need no more work.
  return whole.includes('\n')
    ? whole
        .split('\n')
        .map(line => line.trim())
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
    : whole
}

function pushParts(node: AnyNode & { children: AnyNode[] }, stack: (AnyNode | string)[]): void {
  const name = isTag(node) ? node.name : ''
  if (SILENT.has(name)) return
  if (name === 'br') stack.push('\n')
  else if (name === 'sup' || name === 'sub') stack.push(scripted(name, collapseSpace(rawTextOf(node))))
  else if (name === 'pre') stack.push(`\n\n${rawTextOf(node)}\n\n`)
  else if (name === 'img') stack.push(isTag(node) && isEmoji(node) ? (node.attribs['alt'] ?? '') : '')
  else {
    const [before, after] = name === 'li' ? ['\n- ', '\n'] : BLOCKS.has(name) ? ['\n\n', '\n\n'] : ['', '']
    if (after !== '') stack.push(after)
    for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at] as AnyNode)
    if (before !== '') stack.push(before)
  }
}

const isEmoji = (image: Element) => classes(image).some(name => name === 'emoji' || name === 'wp-smiley')

const KINDS: Record<string, Attachment['kind']> = { img: 'image', video: 'video', audio: 'audio', iframe: 'embed' }

export function attachmentOf(element: Element, base: string): Attachment[] {
  const kind = KINDS[element.name]
  if (!kind || (kind === 'image' && isEmoji(element))) return []
  const child = element.children.find(node => isTag(node) && node.name === 'source') as Element | undefined
  const lazy = LAZY.map(name => resolveUrl(element.attribs[name], base)).find(Boolean)
  const url = lazy ?? resolveUrl(element.attribs['src'] ?? child?.attribs['src'], base)
  const name = element.attribs['alt'] || element.attribs['title'] || null
  return url ? [{ kind, url: kind === 'image' ? originalImage(url) : url, name }] : []
}

/** Lazy-loading plugins and Cloudflare put a placeholder into `src` and the URL into another attribute. */
const LAZY = [
  'data-src',
  'data-lazy-src',
  'data-cfsrc',
  'data-original',
  'data-litespeed-src',
  'data-pagespeed-lazy-src',
  // Programs that put the picture itself into the page: Save Page WE, SingleFile.
  'data-savepage-src',
  'data-sf-original-src',
]

/** True if a body shows a picture, film or frame of which the program that saved the page has lost the address. */
export const lacksAddress = (element: AnyNode & { children: AnyNode[] }, base: string): boolean =>
  elementsBelow(element).some(
    part => part.attribs['src'] === '' && part.name in KINDS && !isEmoji(part) && attachmentOf(part, base).length === 0,
  )

/** Beside each picture that loads late there is the same in a `noscript`. */
function withoutTwins(inside: readonly Element[], found: readonly Attachment[]): Attachment[] {
  return inside.some(part => part.name === 'noscript') ? uniqueByUrl(found) : [...found]
}

function linkOf(anchor: Element, base: string): Link[] {
  const url = resolveUrl(anchor.attribs['href'], base)
  if (!url) return []
  const text = linkText(anchor)
  // Mentions have this class since 2.7 (bp-activity-filters.php); before, a mention is a plain link with the @name as its text.
  const mention = classes(anchor).includes('bp-suggestions-mention') || /^@[\w.-]+$/.test(text)
  return [{ kind: mention ? 'mention' : 'link', url: originalLink(url, base), text }]
}
