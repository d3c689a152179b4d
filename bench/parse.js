import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pagesToParse } from './captures.js'

/**
 * Parsing captures into pages, against htmlparser2 alone on the same bytes. "Merely tokenise" is `new Parser({}).end(html)`: tags,
 * attributes and texts without handlers. Another row builds the tree with parseDocument(), which is the minimum of work for any
 * parser that uses a tree. Each kind of work has processes of its own: V8 shares what it compiles of a library between all that use it, so
 * that in one process each kind would be slowed by how the others use htmlparser2. Minimum of rounds that alternate.
 */

const TARGET = 2
const ROUNDS = 5
const CHILD = fileURLToPath(new URL('./parse-child.js', import.meta.url))

export async function parseRows() {
  const cwd = mkdtempSync(join(tmpdir(), 'threadkeep-bench-'))
  try {
    return (await pagesToParse()).map(({ name, capture }) => rowOf(name, capture, join(cwd, 'capture.json')))
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

function rowOf(name, capture, file) {
  writeFileSync(file, JSON.stringify({ ...capture, body: Buffer.from(capture.body).toString('base64') }))
  const least = { parse: Infinity, tags: Infinity, tree: Infinity, bare: Infinity }
  let posts = 0
  for (let round = 0; round < ROUNDS; round++)
    for (const work of Object.keys(least)) {
      const found = JSON.parse(execFileSync(process.execPath, [CHILD, file, work], { encoding: 'utf8' }))
      least[work] = Math.min(least[work], found.cpu)
      posts = found.posts
    }
  const by = other => (least.parse / least[other]).toFixed(2)
  const size = `${posts} posts, ${Math.round(capture.body.length / 1000)} kB`
  const spent = `${least.parse.toFixed(2)} : ${least.tags.toFixed(2)} ms CPU`
  const note = `${size}, ${spent}; ${by('tree')}x a bare tree, ${by('bare')}x the bare Tokenizer`
  return { what: `parse: ${name}`, ratio: least.parse / least.tags, target: TARGET, note }
}
