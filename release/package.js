// Makes the npm package: the program with all packages that it imports in a few files, so that npm installs SQLite only and the start reads little.
//   node release/package.js [--out FOLDER]           after `npm ci`
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'
import { packageOf } from './executable/bundle.js'
import { noticesOf } from './executable/notices.js'
import { npm, ROOT } from './npm.js'

/** Left out of package.json: what only a clone needs, and the packages that are inside. */
const FOR_CLONES = ['scripts', 'devDependencies', 'dependencies', 'allowScripts']

/** Packages that stay outside, because they have a binary part. */
const OUTSIDE = ['better-sqlite3']

/** All in one folder, two below the package, as where `dist/node/shipped.js` and the thread for parsing are looked for. */
const ENTRIES = { bin: 'dist/cli/bin.js', library: 'dist/index.js', worker: 'dist/run/parsing/worker.js' }

/** What is loaded together is one file: opening a file costs more than reading its letters. Of two groups, the first one has a module. */
const TOGETHER = {
  start: ['dist/cli/bin.js', 'dist/cli/main.js'],
  reading: ['cli/commands/read/list', 'cli/commands/read/search', 'cli/commands/read/show', 'archive/reading'].map(
    name => `dist/${name}.js`,
  ),
  exporting: [
    'dist/cli/commands/publish/export.js',
    'dist/export/index.js',
    'dist/node/export-folder.js',
    'dist/node/unwritable.js',
  ],
}

/** Writes the package into the folder `out`, which is made anew. */
export async function makePackage(out) {
  npm('run', '--silent', 'build')
  npm('run', '--silent', 'man')
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const shown = ['README.md', 'LICENSE', ...own.files].filter(name => existsSync(join(ROOT, name)))
  for (const name of shown)
    cpSync(join(ROOT, name), join(out, name), {
      recursive: true,
      filter: path => !/\/dist\/.*(?<!\.d\.ts|\/[^./]+)$/.test(path),
    })
  const packages = await bundled(join(out, 'dist/cli'))
  const write = (name, text) => writeFileSync(join(out, name), text)
  write('dist/index.js', "export * from './cli/library.js'\n")
  write('THIRD-PARTY.txt', noticesOf(packages))
  write('package.json', `${JSON.stringify(manifestOf(own), null, 2)}\n`)
}

export const manifestOf = own => ({
  ...Object.fromEntries(Object.entries(own).filter(([name]) => !FOR_CLONES.includes(name))),
  files: [...own.files, 'THIRD-PARTY.txt'],
})

/** A file that a module requires while it runs is inside as well. */
const requiring = {
  name: 'requiring',
  transform: code => code.replace(/createRequire\(import\.meta\.url\)\('([\w-]+)'\)/g, "require('$1')"),
}

/** The group of a module, for rolldown; null: its place follows from who imports it. */
function togetherBy() {
  const groups = new Map()
  return (id, bundle) => {
    if (groups.size === 0)
      for (const [name, entries] of Object.entries(TOGETHER))
        for (const entry of entries) addImports(join(ROOT, entry), name, groups, bundle)
    return groups.get(id) ?? null
  }
}

function addImports(id, name, groups, bundle) {
  const info = groups.has(id) ? null : bundle.getModuleInfo(id)
  if (!info || OUTSIDE.includes(id)) return
  groups.set(id, name)
  for (const imported of info.importedIds) addImports(imported, name, groups, bundle)
}

/** @returns the folders of the packages that are in the files. */
async function bundled(dir) {
  const made = await rolldown({
    input: ENTRIES,
    cwd: ROOT,
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    external: OUTSIDE,
    plugins: [requiring],
    logLevel: 'warn',
  })
  // Names stay as they are, so that a report of a fault can be read.
  const minify = { compress: false, mangle: false, codegen: true }
  const { output } = await made.write({
    dir,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    minify,
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: togetherBy(), debugName: 'together' }] },
  })
  await made.close()
  const folders = output.flatMap(({ moduleIds = [] }) => moduleIds.flatMap(packageOf))
  return [...new Set(folders)].sort()
}

if (import.meta.filename === resolve(process.argv[1] ?? '')) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  const out = resolve(values.out ?? join(ROOT, 'build/package'))
  await makePackage(out)
  process.stdout.write(`${out}\n`)
}
