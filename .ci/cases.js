// Runs the cases beside the checkout and holds them against what was reached: node .ci/cases.js ../shared/cases
// A case in reached-cases.json must be ok; the others may be anything. Prints "ok"/"not ok" lines, as recordings.js does.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const [cases] = process.argv.slice(2)
const BIN = resolve(import.meta.dirname, '../bin/threadkeep.js')
const REACHED = JSON.parse(readFileSync(join(import.meta.dirname, 'reached-cases.json'), 'utf8'))

/** Cases that are not reached yet make the runner end with 1: their lines are what counts. */
async function linesOf(...words) {
  const options = { maxBuffer: 64 * 1024 * 1024 }
  const { stdout } = await promisify(execFile)(process.execPath, words, options).catch(error => error)
  return String(stdout ?? '').split('\n')
}

const lines = await linesOf(join(cases, 'run.mjs'), '--bin', BIN)
const found = new Map(
  lines.flatMap(line => {
    const [, state, name] = /^(ok|not ok|skip) ([\w-]+):/.exec(line) ?? []
    return name ? [[name, { state, line }]] : []
  }),
)
for (const name of REACHED) {
  const { state, line } = found.get(name) ?? { state: 'not ok', line: `not ok ${name}: it was not run` }
  // What a machine cannot run (no C compiler, say) has not fallen.
  if (state === 'skip') console.log(`# ${line}`)
  else console.log(line)
  if (state === 'not ok') process.exitCode = 1
}
const news = [...found].filter(([name, { state }]) => state === 'ok' && !REACHED.includes(name)).map(([name]) => name)
if (news.length > 0) console.log(`# reached now, to be written down in .ci/reached-cases.json: ${news.join(', ')}`)
const open = [...found].filter(([name, { state }]) => state === 'not ok' && !REACHED.includes(name)).length
console.log(`# ${open} cases are not reached yet`)
