import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { fillArchive } from './many-posts.js'
import { peakOf } from './peak.js'

/** A post of 10 MB that was edited: the peak memory of whole commands. */

const LETTERS = 10_000_000
const MOST_MEMORY = 300
const PARAGRAPH = 'Soil, water and seed: the bench is wet, and the kettle is on. '.repeat(10)

const COMMANDS = [
  ['show', '1'],
  ['log', '1'],
  ['diff', '1'],
  ['changes', '--since', '2024-12-31', '--json'],
  ['export', '-f', 'html', '-o', 'all.html'],
  ['export', '-f', 'tsv', '-o', 'all.tsv'],
  ['merge', 'edited.db', 'first.db', '-o', 'merged.db'],
]

export function longPostRows() {
  const cwd = mkdtempSync(join(tmpdir(), 'threadkeep-bench-'))
  try {
    const paragraphs = Array.from({ length: LETTERS / PARAGRAPH.length }, (_, at) => PARAGRAPH + at)
    fillLong(join(cwd, 'first.db'), [paragraphs])
    fillLong(join(cwd, 'edited.db'), [paragraphs, ['A new start.', ...paragraphs]])
    return COMMANDS.map(words => row(words, cwd))
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

function row(words, cwd) {
  const peak = peakOf([...words, ...(words[0] === 'merge' ? [] : ['--db', 'edited.db']), '-q'], cwd)
  const name = words[0] === 'export' ? `export -f ${words[2]}` : words[0]
  const note = `${peak} MB; at the most ${MOST_MEMORY} MB`
  return { what: `memory: ${name} of a post of 10 MB`, ratio: peak / MOST_MEMORY, target: 1, note }
}

/** Ten posts, of which the first has these texts, oldest first. */
function fillLong(file, texts) {
  const db = new Sqlite(fillArchive(file, 10))
  for (const [at, paragraphs] of texts.entries()) {
    if (at > 0) db.exec(REVISION)
    db.prepare('UPDATE posts SET html = ?, text = ?, content_hash = ? WHERE id = 1').run(
      `<p>${paragraphs.join('</p><p>')}</p>`,
      paragraphs.join('\n\n'),
      `text ${at}`,
    )
  }
  db.close()
}

/** What is the present text becomes an earlier one. */
const REVISION = `INSERT INTO revisions (post_id, html, text, content_hash, member_id, posted_at, posted_from, posted_to, text_capture_id,
    replaced_at, replaced_by_id)
  SELECT id, html, text, content_hash, member_id, posted_at, posted_from, posted_to, 1, '2025-02-01T00:00:00.000Z', 1 FROM posts WHERE id = 1`
