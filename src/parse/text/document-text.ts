import type { Attachment, Link } from '../../model/discussion.js'

/** What the markdown of a post says. */
export interface DocumentText {
  text: string
  links: Link[]
  attachments: Attachment[]
}

const LINK = /(!?)\[((?:\\.|[^\][\\]){0,2000})\]\(([^()\s]{1,2000})\)|<((?:https?|mailto):[^<>\s]{1,2000})>/g

/** Lines that the exporter adds. */
const NOTES =
  /^\*(?:No text\.|Forgotten\.|It is not known whether all posts of this thread were kept\.|Kept in full: \d+.*)\*$/

const ATTACHED = /^Attached: (?=\[)/

const KINDS: readonly Attachment['kind'][] = ['image', 'video', 'audio', 'document', 'embed']

/** Reads the markdown of one post as threadkeep writes it: markup is dropped, links and attachments are kept. */
export function textOfDocument(lines: readonly string[]): DocumentText {
  const links: Link[] = []
  const attachments: Attachment[] = []
  const kept: string[] = []
  for (const block of blocksOf(lines)) {
    if (NOTES.test(block)) continue
    if (ATTACHED.test(block)) attachments.push(...attachedIn(block))
    else
      kept.push(
        block
          .split('\n')
          .map(line => plainLine(line, links, attachments))
          .join('\n'),
      )
  }
  return { text: kept.join('\n\n').trim(), links, attachments }
}

/** Paragraphs, and blocks of code without their fences. */
function blocksOf(lines: readonly string[]): string[] {
  const blocks: string[][] = [[]]
  let fence: string | null = null
  for (const line of lines) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark && (fence === null || line.trim() === fence)) {
      fence = fence === null ? mark : null
      blocks.push([])
    } else if (line.trim() === '' && fence === null) blocks.push([])
    else blocks.at(-1)?.push(line)
  }
  return blocks.filter(block => block.length > 0).map(block => block.join('\n'))
}

function attachedIn(block: string): Attachment[] {
  return [...block.matchAll(LINK)].map(([, , name = '', url = '']) => {
    const kind = KINDS.find(one => one === name)
    return { kind: kind ?? 'document', url, name: kind ? null : unescaped(name) }
  })
}

function plainLine(line: string, links: Link[], attachments: Attachment[]): string {
  const read = line.replace(
    LINK,
    (_, picture: string, words: string | undefined, url: string | undefined, bare: string | undefined) => {
      const text = unescaped(words ?? bare ?? '')
      const address = url ?? bare ?? ''
      const alt = /^(?:(.*) \(picture\)|picture)$/.exec(text)
      if (picture) attachments.push({ kind: 'image', url: address, name: text || null })
      else if (alt) attachments.push({ kind: 'image', url: address, name: alt[1] ?? null })
      else links.push({ kind: text.startsWith('@') ? 'mention' : 'link', url: address, text })
      return picture || alt ? '' : words === undefined ? text : words
    },
  )
  return unescaped(
    read
      .replace(/^(?:\s*> ?)+/, '')
      .replace(/^(\s*)\* (?=\S)/, '$1- ')
      .replace(/\\$/, '')
      .replace(/(?<!\\)(\*\*|~~|\*|_|(?<!`)`+(?!`))(?=\S)(.{1,2000}?)(?<=[^\\\s])\1/g, '$2'),
  )
}

/** Without the backslashes and references that keep characters from being markup. */
export const unescaped = (text: string): string =>
  text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&#x(10[\da-f]{4}|[\da-f]{1,5});/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? '')
    .replace(/\u200f(?=\u2067)|[\u2060\u2066-\u2069]/g, '')
