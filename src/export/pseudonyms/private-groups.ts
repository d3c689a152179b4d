import type { ArchiveReader, NamedGroup, Selection } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { Exporter } from '../exporter.js'
import { listed } from '../text.js'
import { groupName } from '../words/names.js'

/**
 * Members wrote for members: a format that is made for the public takes no private and no hidden group without a word.
 * @throws UsageError that names the groups.
 */
export function refusePrivateGroups(
  { name, forPublic }: Pick<Exporter, 'name' | 'forPublic'>,
  selections: readonly Selection[],
  archive: ArchiveReader,
  includePrivate: boolean | undefined,
): void {
  if (!forPublic || includePrivate) return
  const found = privateGroups(selections, archive)
  if (found.length === 0) return
  const names = found.slice(0, MOST_NAMED).map(group => `"${groupName(group)}"`)
  const others = found.length > MOST_NAMED ? [`${found.length - MOST_NAMED} more`] : []
  throw new UsageError(
    `${listed([...names, ...others])} ${found.length === 1 ? 'is a private group' : 'are private groups'}, and ${name} is a format for the public.`,
    'Select other groups or another format; or, if its members have agreed: --include-private',
  )
}

const MOST_NAMED = 3

/** Groups of these threads that visitors can't read. */
function privateGroups(selections: readonly Selection[], archive: ArchiveReader): NamedGroup[] {
  const closed = new Map([...archive.namedGroups()].filter(isPrivate).map(group => [keyOf(group), group]))
  const found = new Set<NamedGroup>()
  if (closed.size === 0) return []
  for (const selection of selections)
    for (const { site, group } of archive.threadSummaries(selection)) {
      const one = group && closed.get(keyOf({ site, url: group.url }))
      if (one) found.add(one)
    }
  return [...found]
}

/** As the site says; of a group without a status, whether a page said that it is for members only. */
const isPrivate = ({ status, access }: NamedGroup): boolean =>
  status === 'private' || status === 'hidden' || (status === null && access === 'members')

const keyOf = ({ site, url }: Pick<NamedGroup, 'site' | 'url'>): string => `${site} ${url}`
