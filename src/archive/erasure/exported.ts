import type { ExportTest } from '../../model/reports/forget.js'
import { IN_LIST, type Statements } from '../database/statements.js'
import { hasMedia } from '../status/inventory.js'
import { REVISIONS_OF } from '../write/blank-post.js'
import { FILES_OF } from './media.js'
import { plainMarks } from './name-marks.js'
import { containsName, containsPhrase, mayContainName } from './name-search.js'
import type { Person } from './person.js'
import { marksOf, mentionsOf, textMarks } from './plan.js'

const THREADS = `SELECT DISTINCT sites.url || ' ' || root.site_post_id AS thread FROM posts JOIN posts AS root ON root.id = posts.thread_id
  JOIN sites ON sites.id = posts.site_id WHERE posts.member_id ${IN_LIST} OR posts.id ${IN_LIST}
    OR posts.id IN (SELECT post_id FROM revisions WHERE ${REVISIONS_OF})`

/** Call it before the erasure: afterwards only hashes of the names are left. */
export function exportTest(sql: Statements, person: Person): ExportTest {
  const list = JSON.stringify(person.rows)
  const names = marksOf(person)
  const texts = plainMarks(textMarks(sql, person))
  const named = JSON.stringify([...mentionsOf(sql, person, names)].map(({ row }) => row))
  const files = `SELECT sha256 FROM media WHERE sha256 IS NOT NULL AND ${FILES_OF}`
  return {
    threads: new Set(sql.column<string>(THREADS, list, named, list, list)),
    pictures: new Set(hasMedia(sql) ? sql.column<string>(files, list, list, list, list) : []),
    names: text => mayContainName(text, names) && containsName(text, names),
    words: text => containsPhrase(text, texts),
  }
}
