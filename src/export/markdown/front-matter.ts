import type { Completeness, StoredGroup } from '../../model/archive.js'
import { destination } from '../body/urls.js'
import { isolated } from '../text.js'
import type { ZonedClock } from '../words/clock.js'
import type { Facts } from '../words/facts.js'
import { groupName } from '../words/names.js'
import { typed } from './escape.js'

/** A value of front matter: text of members, or words and numbers of ours. */
type Value = { typed: string } | { typed: string[] } | { plain: string | number }

/** The YAML block that opens a document. Keys without a value are left out. */
export function frontMatter(fields: Readonly<Record<string, Value | null>>): string {
  const lines = Object.entries(fields).flatMap(([key, value]) => (value === null ? [] : linesOf(key, value)))
  return `---\n${lines.join('\n')}\n---\n`
}

function linesOf(key: string, value: Value): string[] {
  if ('plain' in value) return [`${key}: ${value.plain}`]
  if (typeof value.typed === 'string') return [`${key}: ${quoted(value.typed)}`]
  return value.typed.length === 0 ? [] : [`${key}:`, ...value.typed.map(one => `  - ${quoted(one)}`)]
}

/**
 * In single quotes a backslash is the same to YAML, to pandoc, which reads values as markdown, and to a program that knows no front
 * matter; in double quotes it is not. Right-to-left names come within isolates, as in the text.
 */
const quoted = (text: string): string => `'${typed(text, { startsLine: true }).replaceAll("'", "''")}'`

/** What a document is about; days are `2026-03-13`. */
interface About {
  title: string
  group: StoredGroup | null
  opened: string | null
  asOf: string | null
  /** Number of threads; null: the document is of one thread. */
  threads: number | null
  completeness: Completeness
  source: string | null
  /** Of a thread whose address is not known: what an import finds it by. */
  id: string | null
}

/** No `author`, because who opened a thread is not its author, and no `date`, which pandoc prints below the title. */
export const documentFields = (about: About, facts: Facts, clock: ZonedClock): Record<string, Value | null> => ({
  title: { typed: about.title },
  group: about.group && { typed: isolated(groupName(about.group)) },
  opened: day(about.opened),
  last_post: day(facts.to && clock.at(facts.to).day),
  as_of: day(about.asOf),
  participants: { typed: [...facts.people.values()].map(isolated) },
  threads: about.threads === null ? null : { plain: about.threads },
  posts: { plain: facts.posts },
  completeness: completenessOf(about.completeness),
  gone: facts.gone.count > 0 ? { plain: facts.gone.count } : null,
  source: about.source === null ? null : { plain: `'${addressOf(about.source)}'` },
  id: about.id === null ? null : { typed: about.id },
  // Of the words of ours. The language of members is not known.
  lang: { plain: "'en'" },
  generator: { plain: "'threadkeep'" },
})

/** A day is a date of YAML; an interval is text. */
const day = (iso: string | null): Value | null =>
  iso === null ? null : { plain: /^[\d-]+$/.test(iso) ? iso : `'${iso}'` }

/** Percent-encoding leaves nothing that could begin something in a program that reads values as markdown. */
const addressOf = (url: string): string => destination(url).replace(/[$^]/g, encodeURIComponent)

/** `'complete 9/9'`, `'short 5/9'`, `'unknown 3'`. */
const completenessOf = ({ state, held, claimed }: Completeness): Value => ({
  plain: `'${state} ${held}${claimed === null ? '' : `/${claimed}`}'`,
})
