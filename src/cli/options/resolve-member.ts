import type { Archive } from '../../archive/index.js'
import { UsageError } from '../../model/errors.js'
import type { MemberSummary } from '../../model/reports/forget.js'
import { count } from '../text/phrases.js'
import { suggestion, unknownName } from '../text/suggestions.js'
import { terminalLine } from '../text/terminal-text.js'

/** The only member that has this name. @throws UsageError with the closest members, or with all that have the name. */
export function resolveMember(
  name: string,
  site: string | null,
  people: Archive['forgetting']['people'],
): MemberSummary {
  const [found, ...others] = people.named(name, site)
  if (!found) {
    const near = suggestion(name, people.all(), spellings)
    throw unknownName(name, 'member', near.map(line), 'It knows no members yet.')
  }
  if (others.length === 0) return found
  throw new UsageError(
    `"${name}" names ${others.length + 1} members of this archive.`,
    `Name the URL of the profile, or the site with --site:\n${[found, ...others].map(line).join('\n')}`,
  )
}

/** People often remember a first name or one part of a slug. */
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
