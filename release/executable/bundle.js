// Makes two texts of `dist`: the program, and the thread that parses large pages. Each holds all packages that it imports.
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const ROOT = join(import.meta.dirname, '../..')
const HERE = import.meta.dirname

/** Modules of `dist` that read files beside them, and what stands in their place where there are no files. */
const INSTEAD = {
  'dist/archive/native/sqlite.js': 'sqlite.js',
  'dist/node/shipped.js': 'shipped.js',
}

/** Texts that mean a file beside a module, and what means the same inside one file. */
const REWRITTEN = [
  [/createRequire\(import\.meta\.url\)\('([\w-]+)'\)/g, "require('$1')"],
  [
    /new URL\('\.\/worker\.js', import\.meta\.url\)/g,
    "new URL('data:text/javascript;base64,' + globalThis.parsingThread())",
  ],
]

const inOneFile = {
  name: 'in-one-file',
  async resolveId(path, importer) {
    if (!importer?.startsWith(join(ROOT, 'dist')) || !path.startsWith('.')) return null
    const [, other] = Object.entries(INSTEAD).find(([file]) => join(importer, '..', path) === join(ROOT, file)) ?? []
    return other === undefined ? null : join(HERE, other)
  },
  transform(code, id) {
    if (!id.startsWith(join(ROOT, 'dist'))) return null
    const rewritten = REWRITTEN.reduce((text, [from, to]) => text.replace(from, to), code)
    if (rewritten.includes('import.meta')) throw new Error(`${id} reads a file beside it: see REWRITTEN in bundle.js`)
    return rewritten
  },
}

/** @returns the code, and the folders of the packages in it. */
async function bundled(input, format, addon) {
  const resolve = { alias: { '#better-sqlite3': join(addon, 'lib') } }
  const made = await rolldown({ input, cwd: ROOT, platform: 'node', plugins: [inOneFile], resolve, logLevel: 'warn' })
  const { output } = await made.generate({ format, codeSplitting: false, minify: false })
  await made.close()
  if (output.length !== 1)
    throw new Error(`The bundle has ${output.length} files: ${output.map(file => file.fileName)}`)
  const folders = output[0].moduleIds.flatMap(id => id.match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/g) ?? [])
  return { code: output[0].code, folders }
}

/** @param addon the folder of better-sqlite3. @returns the code of the program and of its thread, and the folders of all packages in them, sorted. */
export async function bundle(addon) {
  const program = await bundled(join(HERE, 'entry.js'), 'cjs', addon)
  const thread = await bundled(join(ROOT, 'dist/run/parsing/worker.js'), 'esm', addon)
  return {
    program: program.code,
    thread: thread.code,
    folders: [...new Set([...program.folders, ...thread.folders])].sort(),
  }
}
