import type { Group } from '../../model/discussion.js'
import { englishDates } from '../../model/locale/english-dates.js'
import { POSTS_AND_PEOPLE } from '../../model/words/index.js'
import { type Document, type DocumentPost, flagsOf, idOf, memberOf } from './document-post.js'
import { textOfDocument, unescaped } from './document-text.js'
import { linesOutsideCode, type NumberedEntry, numberedEntries } from './numbered-entries.js'
import { groupNamed, linkedBy } from './people.js'
import { ReadDates, zoneNamed } from './running-dates.js'

/** Front matter of a document. A document without has its title as a heading, and the status line below it. */
const HEAD = /^---\n(title: '[\s\S]*?\ngenerator: 'threadkeep')\n---\n/
const STATUS = new RegExp(`^${POSTS_AND_PEOPLE}`, 'u')
const SECTION = /^##? Thread \d+(?:[,:] .+)?$/

/** True for a document of threadkeep whose posts are numbered. */
export const isNumbered = (text: string): boolean =>
  HEAD.test(text) || (/^# .+\n\n/.test(text) && STATUS.test(text.split('\n', 3)[2] ?? ''))

/** Reads a document of one thread or of several. */
export function numberedDocumentsIn(text: string): Document[] {
  const front = HEAD.exec(text)
  const [top = [], ...sections] = sectionsOf((front ? text.slice(front[0].length) : text).split('\n'))
  const about = statusOf(top)
  const [, zone = 'UTC', locale = 'en'] = / Times are (?:in )?(\S+?)(?: \(locale ([\w-]+)\))?\.$/.exec(about) ?? []
  const english = englishDates(locale)
  const head: Head = {
    group: groupOf(about, front?.[1] ?? ''),
    id: /^id: '(\w+)'$/m.exec(front?.[1] ?? '')?.[1] ?? null,
    dates: () => new ReadDates(zoneNamed(zone), english),
  }
  const threads = sections.length > 0 ? sections : [top]
  return threads.map(lines => documentOf(lines, head)).filter(({ posts }) => posts.length > 0)
}

/** What holds for all threads of a document. */
interface Head {
  group: Group | null
  /** Of a thread whose address is not known. */
  id: string | null
  dates(): ReadDates
}

function sectionsOf(lines: readonly string[]): string[][] {
  const sections: string[][] = [[]]
  for (const { line, isCode } of linesOutsideCode(lines)) {
    if (!isCode && SECTION.test(line)) sections.push([])
    else sections.at(-1)?.push(line)
  }
  return sections
}

const statusOf = (lines: readonly string[]): string => lines.find(line => STATUS.test(line)) ?? ''

/** The group that the status line links to; without an address, as the front matter names it. */
function groupOf(status: string, front: string): Group | null {
  const [, name, url] = / (?:in|of) \[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)/.exec(status) ?? []
  if (name !== undefined && url !== undefined) return groupNamed(unescaped(name), url)
  const named = /^group: '(.+)'$/m.exec(front)?.[1]?.replaceAll("''", "'")
  return named === undefined ? null : groupNamed(unescaped(named), null)
}

function documentOf(lines: readonly string[], head: Head): Document {
  const entries = numberedEntries(lines)
  const group = groupOf(statusOf(lines), '') ?? head.group
  const reading = new ThreadReading(head.dates())
  const posts = entries.flatMap(entry => reading.post(entry))
  const [opening] = posts
  if (!opening || opening.parent !== null) return { site: null, posts: [] }
  const known = { ...opening, group, id: opening.id ?? head.id }
  return { site: opening.url === null ? null : linkedBy([opening.url]).site, posts: [known, ...posts.slice(1)] }
}

/** Reads the posts of one thread, in their order: names, dates and parents depend on what is above. */
class ThreadReading {
  /** The index of each post by its number; of one that is gone, the index of the post that it answered. */
  private readonly indexes = new Map<number, number | null>()
  private readonly names: string[] = []
  private above: number | null = null
  private count = 0

  constructor(private readonly dates: ReadDates) {}

  post(entry: NumberedEntry): DocumentPost[] {
    const parent = this.parentOf(entry)
    this.indexes.set(entry.number, entry.name === null ? parent : this.count)
    this.above = entry.number
    if (entry.name === null) return []
    this.count++
    const [, words, url = null] = /^\[([^\]]+)\]\(([^)\s]+)\)/.exec(entry.date) ?? []
    const date = words ?? entry.date.replace(/(?: \((?:edited|shortened|gone)[^()]*\))+$/, '')
    return [
      {
        ...textOfDocument(entry.lines),
        ...{ parent, group: null, id: idOf(url), url, when: this.dates.when(unescaped(date)) },
        author: memberOf(this.whole(entry.name)),
        ...flagsOf(entry.date),
      },
    ]
  }

  private parentOf({ number, answers, level }: NumberedEntry): number | null {
    if (this.count === 0 && level === 0 && answers === null) return null
    const above = answers ?? (level > 1 ? this.above : null)
    return (above === null || above >= number ? null : this.indexes.get(above)) ?? 0
  }

  /** A long name is cut when it comes again. */
  private whole(name: string): string {
    const start = name.replace(/\u2069?$/, '').replace(/(?<![\u202C\u2069])[\u202C\u2069]+$/, '')
    const found = start.endsWith('…') ? this.names.find(one => one.startsWith(start.slice(0, -1))) : undefined
    this.names.push(name)
    return found ?? name
  }
}
