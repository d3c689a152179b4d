import { UsageError } from '../../model/errors.js'

/** What a researcher knows besides the archive: names and nicknames that texts use. */
export interface GivenNames {
  /** `member`: slug, id or name of the member that it stands for; null: of nobody in particular. */
  names: readonly { name: string; member: string | null }[]
  /** Words that are no names, although a member is called so. In small letters. */
  kept: ReadonlySet<string>
}

/**
 * Reads a list: one name a line, `nickname = member`, `! word` for a word that is no name, `#` for a remark.
 * @throws UsageError for a line without a name.
 */
export function namesIn(text: string): GivenNames {
  const names: { name: string; member: string | null }[] = []
  const kept = new Set<string>()
  for (const [at, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    const words = line.trim()
    if (words === '' || words.startsWith('#')) continue
    if (words.startsWith('!')) kept.add(words.slice(1).trim().normalize('NFKC').toLowerCase())
    else names.push(nameIn(words, at + 1))
  }
  return { names, kept }
}

function nameIn(line: string, number: number): { name: string; member: string | null } {
  const [name = '', member] = line.split(/\s*=\s*/, 2)
  if (/[\p{L}\p{N}]/u.test(name) && member !== '') return { name, member: member ?? null }
  throw new UsageError(
    `Line ${number} of the list of names has no name: "${line}".`,
    'Write "nickname", or "nickname = member".',
  )
}
