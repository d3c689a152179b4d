// Runs the cases that were reached, which must stay ok: node .ci/cases.js ../shared/cases
// The cases that are not reached yet take minutes and say nothing new: node ../shared/cases/run.mjs --bin bin/threadkeep.js
// runs them all; one that is ok there belongs into reached-cases.json. Prints "ok"/"not ok" lines, as recordings.js does.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const [cases] = process.argv.slice(2)
const BIN = resolve(import.meta.dirname, '../bin/threadkeep.js')
const REACHED = JSON.parse(readFileSync(join(import.meta.dirname, 'reached-cases.json'), 'utf8'))

// A failed case makes the runner end with 1: its lines are what counts.
const words = [join(cases, 'run.mjs'), '--bin', BIN, ...REACHED]
const { stdout } = await promisify(execFile)(process.execPath, words).catch(error => error)
const lines = String(stdout ?? '').split('\n')

for (const name of REACHED) {
  const line = lines.find(one => new RegExp(`^(ok|not ok|skip) ${name}:`).test(one)) ?? `not ok ${name}: it was not run`
  // A case that this machine cannot run (without a C compiler, say) has not fallen.
  console.log(line.startsWith('skip') ? `# ${line}` : line)
  if (line.startsWith('not ok')) process.exitCode = 1
}
