// Makes the executable for the system of this Node, or for another one whose Node is given. Run it with Node 24, after `npm run build`.
//   node release/executable/build.js [--out FOLDER] [--system linux-arm64 --node PATH]
// PATH: the binary of the same version of Node for that system, as nodejs.org publishes it.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { inject } from 'postject'
import { ROOT } from '../npm.js'
import { fetchAddon } from './addon.js'
import { bundle } from './bundle.js'
import { refuseOtherNode } from './node-binary.js'
import { noticesOf } from './notices.js'

export const SYSTEMS = [
  ...['linux-x64', 'linux-arm64', 'linuxmusl-x64', 'linuxmusl-arm64'],
  ...['darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'],
]

/** The same in each clone, because names of files get into the executable. */
const WORK = join(ROOT, 'build/executable')

/** Node looks for this mark in itself: without it, it is an ordinary Node. */
const sentinelFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

/** Writes the executable and the licences into the folder `out`. @returns the folders of the packages that are in it. */
export async function buildExecutable({ system, node, out }) {
  if (!SYSTEMS.includes(system))
    throw new Error(`There is no executable for ${system}. There is one for ${SYSTEMS.join(', ')}.`)
  refuseOtherNode(node, system)
  rmSync(WORK, { recursive: true, force: true })
  mkdirSync(WORK, { recursive: true })
  mkdirSync(out, { recursive: true })
  const addon = fetchAddon(WORK)
  const { program, thread, folders } = await bundle(addon)
  const texts = { 'main.js': program, 'worker.js': thread, 'THIRD-PARTY.txt': noticesOf(folders) }
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(WORK, name), text)
  const blob = blobOf({
    ...Object.fromEntries(shippedFiles().map(path => [path, `../../${path}`])),
    'worker.js': 'worker.js',
    'better_sqlite3.node': `better-sqlite3/prebuilds/${system}.node`,
  })
  await putInto(node, blob, join(out, system.startsWith('win32') ? 'threadkeep.exe' : 'threadkeep'))
  copyFileSync(join(WORK, 'THIRD-PARTY.txt'), join(out, 'THIRD-PARTY.txt'))
  copyFileSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'))
  copyFileSync(licenceOf(node), join(out, 'NODE-LICENSE.txt'))
  return folders
}

/** Node may be handed on with its licence, which is beside `node.exe`, and elsewhere beside the folder of the binary. */
function licenceOf(node) {
  const file = [join(node, '../LICENSE'), join(node, '../../LICENSE')].find(path => existsSync(path))
  if (file === undefined)
    throw new Error(`The licence of Node is not beside ${node}: take Node as nodejs.org publishes it.`)
  return file
}

/** Files that the program reads while it runs, by their paths below the package. */
function shippedFiles() {
  const inFolder = folder => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
  const files = ['docs', 'fixtures/demo'].flatMap(inFolder).filter(entry => entry.isFile())
  return files.map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)).split(sep).join('/')).sort()
}

/** Everything that is put into Node, as Node packs it. Paths are relative, because the blob names the program. */
function blobOf(assets) {
  const config = { main: 'main.js', output: 'threadkeep.blob', disableExperimentalSEAWarning: true, assets }
  writeFileSync(join(WORK, 'sea.json'), JSON.stringify(config))
  const how = { cwd: WORK, stdio: ['ignore', 'ignore', 'inherit'] }
  execFileSync(process.execPath, ['--experimental-sea-config', 'sea.json'], how)
  return readFileSync(join(WORK, config.output))
}

async function putInto(node, blob, output) {
  copyFileSync(node, output)
  chmodSync(output, 0o755)
  await inject(output, 'NODE_SEA_BLOB', blob, { sentinelFuse, machoSegmentName: 'NODE_SEA' })
}

if (import.meta.filename === resolve(process.argv[1] ?? '')) {
  const options = { system: { type: 'string' }, node: { type: 'string' }, out: { type: 'string' } }
  const { values } = parseArgs({ options })
  const { system = `${process.platform}-${process.arch}`, node = process.execPath, out = 'build/threadkeep' } = values
  try {
    await buildExecutable({ system, node: resolve(node), out: resolve(out) })
    process.stdout.write(`${resolve(out)}\n`)
  } catch (error) {
    process.stderr.write(`Error: ${error.message}\n`)
    process.exitCode = 2
  }
}
