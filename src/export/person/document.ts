import type { HeldPost, PersonData } from '../../model/reports/person.js'
import { knownAddress } from '../../model/unknown-site.js'
import { plain } from '../markdown/plain.js'
import { cleanLine, cleanText, closed, count } from '../text.js'
import { whenText } from '../words/utc-dates.js'

/** Of whom a document is. */
interface Subject {
  name: string
  site: string
  /** When the member was erased from the archive; null: never. */
  forgottenAt: string | null
}

/** Everything that an archive holds of and about a member, as markdown. One post is in memory at a time. */
export function* personMarkdown(data: PersonData, { name, site, forgottenAt }: Subject): Generator<string> {
  yield `# What this archive holds of ${line(name)}\n\nCommunity: ${line(knownAddress(site) ?? 'of unknown address')}\n`
  if (forgottenAt !== null)
    yield `\nThis member was erased on ${forgottenAt.slice(0, 10)}. What follows is left, or came back.\n`
  yield* summary(data)
  yield* section('Profile', data.profiles(), one =>
    item(
      facts({
        name: one.name,
        slug: one.slug,
        id: one.id,
        url: one.url,
        picture: one.avatarUrl,
        'first seen': one.firstSeenAt,
        'last seen': one.lastSeenAt,
      }),
    ),
  )
  yield* section('Names over time', data.names(), one =>
    item(`${one.at}: ${one.field} ${one.before ?? '?'} → ${one.after ?? '?'}`),
  )
  yield* section('Groups in which the member wrote', data.groups(), one =>
    item(`${one.name ?? one.slug} (${one.url}): ${count(one.posts, 'post')}`),
  )
  yield* section('Posts', data.posts(), post)
  yield* section(
    'Earlier texts',
    data.versions(),
    one => `\n**Post ${line(one.post)}**, until ${one.replacedAt}\n\n${quoted(wordsOf(one))}`,
  )
  yield* section('Posts of others that name the member', data.mentions(), post)
  yield* section('Files', data.files(), one =>
    item(
      facts({
        url: one.url,
        name: one.name,
        state: one.state,
        type: one.type,
        bytes: one.size,
        sha256: one.sha256,
        shown: one.shared ? 'by others, too' : null,
      }),
    ),
  )
  yield* section('Stored responses with the member’s words or name', data.captures(), one =>
    item(`${one.at}: ${one.url} (response ${one.id}, run ${one.run}, read as ${one.reader})`),
  )
  yield* section('Targets', data.targets(), ({ url }) => item(url))
  yield* section('Other places with the name', data.traces(), one => item(`${one.where}, row ${one.row}: ${one.text}`))
}

function* summary({ counts }: PersonData): Generator<string> {
  const { posts, revisions, mentions, files, captures, targets, traces } = counts
  const figures = [
    count(posts, 'post'),
    count(revisions, 'earlier text'),
    count(mentions.length, 'post of others', 'posts of others'),
  ]
  const rest = [
    count(files, 'file'),
    count(captures, 'stored response'),
    count(targets, 'target'),
    count(traces, 'other place', 'other places'),
  ]
  yield `\n${[...figures, ...rest].join(', ')}.\n`
}

function* section<One>(title: string, items: Iterable<One>, text: (one: One) => string): Generator<string> {
  let isFirst = true
  for (const one of items) {
    const words = text(one)
    if (isFirst) yield `\n## ${title}\n${words.startsWith('\n') ? '' : '\n'}`
    isFirst = false
    yield words
  }
}

const item = (text: string): string => `- ${line(text)}\n`

const facts = (values: Record<string, string | number | null>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')

function post(one: HeldPost): string {
  const by = one.author === undefined ? [] : [`by ${one.author ?? 'an unknown author'}`]
  const place = [...by, ...(one.group === null ? [] : [`in ${one.group}`])].join(' ')
  const gone = one.status === 'gone' ? ['gone from the site'] : []
  const known = [...(place === '' ? [] : [place]), whenText(one.when), ...gone].join(', ')
  const address = knownAddress(one.url) ?? 'address not known'
  const files = one.attachments.map(({ kind, url, name }) => item(`${kind}: ${name ?? ''} ${url}`))
  const head = `**Post ${line(one.id)}** ${line(`${known}: thread “${one.threadTitle}”, ${address}`)}`
  return `\n${head}\n\n${quoted(wordsOf(one))}${files.length > 0 ? `\n${files.join('')}` : ''}`
}

const wordsOf = ({ heading, text }: Pick<HeldPost, 'heading' | 'text'>): string =>
  heading === null ? text : `${heading}\n\n${text}`

/** The words, line by line, as they were typed. */
const quoted = (text: string): string =>
  text.trim() === ''
    ? '> (no words)\n'
    : cleanText(text)
        .split(/[\n\u2028\u2029]/)
        .map(one => `> ${plain(closed(one))}`.trimEnd())
        .join('\n')
        .concat('\n')

const line = (text: string): string => plain(cleanLine(text))
