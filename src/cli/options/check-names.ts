import type { Search } from '../../archive/index.js'
import type { StoredAuthor, StoredGroup } from '../../model/archive.js'
import type { Query } from '../../model/query/query.js'
import { suggestion, unknownName } from '../text/suggestions.js'
import { terminalLine } from '../text/terminal-text.js'

/** An unknown name is an error: an empty result would hide a mistyped name. @throws UsageError with the closest names. */
export function refuseUnknownNames(query: Query, search: Search): void {
  const [unknown] = search.unknownNames(query)
  if (!unknown) return
  const { kind, name } = unknown
  const [what, known] = kind === 'from' ? ['member', search.members()] : ['group', search.groups()]
  const near = suggestion<StoredAuthor | StoredGroup>(name, known, spelled)
  throw unknownName(name, what, near.map(lineOf))
}

/** Parts of a name count as well, so that a first name suggests its members. */
function spelled({ id, slug, name }: StoredAuthor | StoredGroup): string[] {
  const names = [slug, name, ...(name ?? '').split(/\s+/)].filter(one => one !== null && one !== '')
  return names.length > 0 ? (names as string[]) : [id ?? '']
}

const lineOf = ({ id, slug, name }: StoredAuthor | StoredGroup): string =>
  `  ${terminalLine(slug ?? id ?? '')}  ${terminalLine(name ?? '')}`.trimEnd()
