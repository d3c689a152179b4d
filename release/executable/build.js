// Makes the executable for the system of this Node, or for another one whose Node is given. Run it with Node 24.
//   node release/executable/build.js --out FOLDER [--system linux-arm64 --node PATH]
// PATH: the binary of the same version of Node for that system, as nodejs.org publishes it.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { inject } from 'postject'
import { ROOT } from '../npm.js'
import { fetchAddon } from './addon.js'
import { bundle } from './bundle.js'
import { noticesOf } from './notices.js'

export const SYSTEMS = [
  'linux-x64',
  'linux-arm64',
  'linuxmusl-x64',
  'linuxmusl-arm64',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64',
  'win32-arm64',
]

/** Files that the program reads while it runs, by their path below the package. */
function shippedFiles() {
  const inFolder = folder => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
  const files = ['docs', 'fixtures/demo'].flatMap(inFolder).filter(entry => entry.isFile())
  const paths = files.map(entry => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
  return ['LICENSE', ...paths].sort()
}

/** Makes the executable for `system` from the Node at `node`, and gives its path. */
export async function buildExecutable({ system, node, out }) {
  if (!SYSTEMS.includes(system)) throw new Error(`There is no executable for ${system}: ${SYSTEMS.join(', ')}`)
  const work = mkdtempSync(join(tmpdir(), 'threadkeep-build-'))
  try {
    const addon = fetchAddon(work)
    const { program, thread, folders } = await bundle(addon)
    const own = { 'worker.js': thread, 'THIRD-PARTY.txt': noticesOf([...folders, addon]), 'main.js': program }
    for (const [name, text] of Object.entries(own)) writeFileSync(join(work, name), text)
    const output = join(out, system.startsWith('win32') ? 'threadkeep.exe' : 'threadkeep')
    mkdirSync(out, { recursive: true })
    const blob = blobOf(work, {
      main: join(work, 'main.js'),
      assets: {
        ...Object.fromEntries(shippedFiles().map(path => [path, join(ROOT, path)])),
        'worker.js': join(work, 'worker.js'),
        'THIRD-PARTY.txt': join(work, 'THIRD-PARTY.txt'),
        'better_sqlite3.node': join(addon, `prebuilds/${system}.node`),
      },
    })
    await putInto(node, blob, output)
    for (const name of ['THIRD-PARTY.txt']) copyFileSync(join(work, name), join(out, name))
    copyFileSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'))
    return output
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Everything that is put into Node, as Node packs it. */
function blobOf(work, config) {
  const [file, output] = ['sea.json', 'sea.blob'].map(name => join(work, name))
  writeFileSync(file, JSON.stringify({ ...config, output, disableExperimentalSEAWarning: true }))
  execFileSync(process.execPath, ['--experimental-sea-config', file], { stdio: ['ignore', 'ignore', 'inherit'] })
  return readFileSync(output)
}

/** Node looks for this mark in itself: without it, it is an ordinary Node. */
const sentinelFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

async function putInto(node, blob, output) {
  copyFileSync(node, output)
  chmodSync(output, 0o755)
  await inject(output, 'NODE_SEA_BLOB', blob, { sentinelFuse, machoSegmentName: 'NODE_SEA' })
}

if (import.meta.filename === resolve(process.argv[1] ?? '')) {
  const options = { system: { type: 'string' }, node: { type: 'string' }, out: { type: 'string' } }
  const {
    system = `${process.platform}-${process.arch}`,
    node = process.execPath,
    out = 'build',
  } = parseArgs({ options }).values
  process.stdout.write(`${await buildExecutable({ system, node: resolve(node), out: resolve(out) })}\n`)
}
