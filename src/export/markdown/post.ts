import type { Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { StoredPost } from '../../model/archive.js'
import type { Attachment } from '../../model/discussion.js'
import { cleanLine } from '../text.js'
import { RunningDates } from '../words/dates.js'
import { isEdited } from '../words/facts.js'
import { Names } from '../words/names.js'
import type { Place } from '../words/places.js'
import { bodyBlocks } from './body.js'
import { isRightToLeft, textOf } from './directions.js'
import { typed } from './escape.js'
import { linkTo } from './line.js'
import { linked, paragraph, text } from './phrasing.js'
import type { Style } from './style.js'
import { write } from './write.js'

/** A post as markdown, not yet indented. */
export interface WrittenPost {
  /** `#3 Name`; null: the post is gone, and the text says so. */
  name: string | null
  /** `→ #2`; empty: the place of the post says it. */
  arrow: string
  /** `[22 June, 12:39](…) (edited by 2 December)` */
  date: string
  /** The body, with a line feed at its end. */
  text: string
  /** True if the text may follow the post line after a hard break; else it needs a paragraph of its own. */
  flows: boolean
  /** True if the last block of the body is a list, into which a reader might take the next one. */
  endsInList: boolean
}

/** Writes the posts of one document, in its order: names and dates depend on what is above them. */
export class PostWriter {
  private readonly names = new Names()
  private readonly dates: RunningDates

  constructor(private readonly style: Pick<Style, 'clock' | 'media'>) {
    this.dates = new RunningDates(style.clock)
  }

  post(post: StoredPost, place: Place): WrittenPost {
    const blocks = content(post, this.style.media)
    return {
      name: `#${place.number} ${typed(this.names.of(post))}`,
      arrow: arrowOf(place),
      // `3. März` would begin a list where a date begins a line.
      date: `${linkTo(this.dates.words(post.when, place.level), post.url, { startsLine: true })}${this.flags(post)}`,
      text: write(blocks),
      flows: flows(blocks[0]),
      endsInList: blocks.at(-1)?.type === 'list',
    }
  }

  /** The place of a post that is left out. */
  gone({ number }: Place): WrittenPost {
    const text = `*#${number} is gone from the site.*\n`
    return { name: null, arrow: '', date: '', text, flows: true, endsInList: false }
  }

  private flags(post: StoredPost): string {
    const by = (at: string | null) => (at === null ? '' : ` by ${this.dates.until(at)}`)
    const words = [
      isEdited(post) && `edited${by(post.editedBy)}`,
      post.truncated && 'shortened by the site',
      post.status === 'gone' && `gone${by(post.goneAt)}`,
    ]
    return words.flatMap(word => (word ? [` (${word})`] : [])).join('')
  }
}

const arrowOf = ({ answers }: Place): string =>
  answers === null ? '' : answers === 'unread' ? ' → a post that was not read' : ` → #${answers}`

function content(post: StoredPost, media: Style['media']): RootContent[] {
  if (post.forgotten) return [note('Forgotten.')]
  const { blocks, used } = bodyBlocks(post, media)
  const others = post.attachments.filter(attachment => !used.has(attachment.url))
  const all = [...blocks, ...attachments(others, media)]
  return all.length > 0 ? all : [note('No text.')]
}

/** A line of links, and below it each picture that is kept. */
function attachments(others: readonly Attachment[], media: Style['media']): Paragraph[] {
  const parts = others.map(one => attached(one, media))
  const [pictures, links] = [parts.filter(isPicture), parts.filter(part => !isPicture(part))]
  const line = links.flatMap((one, at) => [text(at === 0 ? 'Attached: ' : ', '), one])
  return [...(line.length > 0 ? [paragraph(line)] : []), ...pictures.map(picture => paragraph([picture]))]
}

const isPicture = ({ type }: PhrasingContent): boolean => type === 'image'

/** A picture that is kept is shown; any other file is a link. */
function attached({ kind, name, url }: Attachment, media: Style['media']): PhrasingContent {
  const file = media?.(url)
  const words = cleanLine(name ?? '') || kind
  if (file?.isImage) return { type: 'image', url: file.path, alt: words }
  return file ? { type: 'link', url: file.path, children: [text(words)] } : linked(words, url)
}

const note = (words: string): Paragraph => paragraph([{ type: 'emphasis', children: [text(words)] }])

const flows = (first: RootContent | undefined): boolean => first?.type === 'paragraph' && !isRightToLeft(textOf(first))
