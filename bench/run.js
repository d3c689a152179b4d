import { parseArgs } from 'node:util'
import { archiveRows } from './archive.js'
import { depthRows } from './depth.js'
import { exportRows } from './export.js'
import { longPostRows } from './long-post.js'
import { millionRows } from './million.js'
import { parseRows } from './parse.js'
import { pythonRows } from './python.js'
import { startRows } from './start.js'
import { syncRows } from './sync.js'
import { printTable, withVerdict } from './table.js'

/** `npm run bench`: ratios measured in one run. `-- --json` for machines; `-- --only parse` for one kind of rows. */

const KINDS = {
  parse: parseRows,
  depth: depthRows,
  archive: archiveRows,
  start: startRows,
  sync: syncRows,
  export: exportRows,
  long: longPostRows,
  million: millionRows,
  python: pythonRows,
}

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string', multiple: true } } })
const wanted = values.only ?? Object.keys(KINDS)
const unknown = wanted.find(name => !KINDS[name])
if (unknown) throw new Error(`There is no "${unknown}"; --only takes ${Object.keys(KINDS).join(', ')}.`)

const rows = []
for (const name of wanted) rows.push(...(await KINDS[name]()).map(withVerdict))
if (values.json) console.log(JSON.stringify({ schema: 'threadkeep.bench/1', node: process.version, rows }, null, 2))
else printTable(rows)
