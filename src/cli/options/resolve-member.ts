import type { Archive } from '../../archive/index.js'
import { UsageError } from '../../model/errors.js'
import type { MemberSummary } from '../../model/reports/forget.js'
import { count } from '../text/phrases.js'
import { suggestion } from '../text/suggestions.js'
import { terminalLine } from '../text/terminal-text.js'

/**
 * The one member whom a user has named. An unknown name is an error, and so is one that means two.
 * @throws UsageError with the members that come nearest, or with those that are meant.
 */
export function resolveMember(
  name: string,
  site: string | null,
  people: Archive['forgetting']['people'],
): MemberSummary {
  const [found, ...others] = people.named(name, site)
  if (!found) throw unknown(name, people)
  if (others.length === 0) return found
  throw new UsageError(
    `"${name}" names ${others.length + 1} members of this archive.`,
    `Name one by the address of the profile, or the site with --site:\n${[found, ...others].map(line).join('\n')}`,
  )
}

function unknown(name: string, people: Archive['forgetting']['people']): UsageError {
  const near = suggestion(name, people.all(), spellings)
  const advice =
    near.length === 0 ? 'It knows no member at all.' : `Known members, closest first:\n${near.map(line).join('\n')}`
  return new UsageError(`No member "${name}" is in this archive.`, advice)
}

/** A first name, or one half of a slug, is what people remember. */
const spellings = ({ id, slug, name }: MemberSummary): string[] =>
  [id, slug, name, ...(slug ?? '').split(/[-_.]/), ...(name ?? '').split(/\s/)].filter(
    text => text !== null && text !== '',
  ) as string[]

const line = ({ id, slug, name, url, site, posts, forgottenAt }: MemberSummary): string =>
  `  ${[
    slug ?? `number ${id}`,
    forgottenAt === null ? name : `forgotten ${forgottenAt.slice(0, 10)}`,
    count(posts, 'post'),
    url ?? site,
  ]
    .filter(part => part !== null)
    .map(terminalLine)
    .join('  ')}`
