import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fillArchive, WORD } from './many-posts.js'
import { peakOf } from './peak.js'

/** A million posts: the first page of a search inside the process, and the peak memory of whole commands. */

const POSTS = 1_000_000
const SMALL = 10_000
const CHILD = fileURLToPath(new URL('search-child.js', import.meta.url))
const MOST_MEMORY = 200
const MOST_MILLISECONDS = 50

const COMMANDS = [
  ['search', WORD],
  ['stats'],
  ['status'],
  ['changes', '--since', '2024-12-31'],
  ['verify', '--quick'],
  ['export', '-f', 'jsonl', '-o', 'all.jsonl'],
  ['export', '-f', 'md', '-o', 'all.md'],
]

export function millionRows() {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-bench-'))
  try {
    const [small, large] = [SMALL, POSTS].map(posts => fillArchive(join(folder, `${posts}.db`), posts))
    return [searchRow(large), ...COMMANDS.map(words => memoryRow(words, small, large, folder))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function searchRow(file) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, file, WORD], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const { milliseconds, total, heap } = JSON.parse(stdout)
  const note = `${milliseconds.toFixed(1)} ms for the first page of ${total} hits among ${POSTS} posts; ${heap} MB`
  return { what: 'search: a word in one post of a hundred', ratio: milliseconds / MOST_MILLISECONDS, target: 1, note }
}

/** Peak resident memory, as the kernel counts it. */
function memoryRow(words, small, large, cwd) {
  const [few, many] = [small, large].map(file => peakOf([...words, '--db', file, '-q'], cwd))
  const note = `${many} MB at ${POSTS} posts, ${few} MB at ${SMALL}; at the most ${MOST_MEMORY} MB`
  return {
    what: `memory: ${words[0] === 'export' ? `export -f ${words[2]}` : words[0]}`,
    ratio: many / MOST_MEMORY,
    target: 1,
    note,
  }
}
