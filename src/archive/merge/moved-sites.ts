import type { Database } from 'better-sqlite3'
import { ArchiveError } from '../../model/errors.js'
import { type SiteMove, siteKey } from '../../model/urls.js'
import { Statements } from '../database/statements.js'
import { moveSite } from '../moves/move-site.js'
import { formerAddresses, recordedMoves } from '../moves/site-moves.js'
import { inspect } from './input-file.js'

/**
 * The former addresses that either of two archives knows. Sites are merged by their address, so a site that one archive has renamed
 * must have its present address in both.
 */
export function knownMoves(db: Database, input: string): readonly SiteMove[] {
  const theirs = inspect(input, other => recordedMoves(new Statements(other)))
  const all = [...recordedMoves(new Statements(db)), ...theirs].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
  return formerAddresses(all)
}

/** The sites of an archive that the moves concern: each with its own base URL, and the present one. */
export function movesOf(db: Database, moves: readonly SiteMove[]): SiteMove[] {
  const sites = new Statements(db).rows<{ url: string }>('SELECT url FROM main.sites ORDER BY id')
  return sites.flatMap(({ url }) => {
    const move = moves.find(({ from }) => siteKey(from) === siteKey(url))
    return move ? [{ from: url, to: move.to }] : []
  })
}

/**
 * Renames the sites of an archive. Their events come from the archive that recorded them. Call it inside a transaction.
 * @throws ArchiveError if the archive holds posts at both addresses. `file`: its name, for the message.
 */
export function renameMovedSites(db: Database, moves: readonly SiteMove[], file: string): void {
  const sql = new Statements(db)
  for (const move of moves) {
    const held = sql.one<number>(HELD, siteKey(move.to)) ?? 0
    if (held > 0) throw new ArchiveError(...bothHeld(file, move))
    moveSite(sql, move)
  }
}

const HELD = 'SELECT count(*) FROM main.posts JOIN main.sites ON sites.id = posts.site_id WHERE sites.key = ?'

const bothHeld = (file: string, { from, to }: SiteMove): [string, string] => [
  `${file} holds posts of ${from} and of ${to}, and the other archive says that the first has moved to the second.`,
  `Use a backup of ${file} from before ${to} was archived into it.`,
]
