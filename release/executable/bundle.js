// Makes two texts of `dist`: the program, and the thread that parses large pages. Each holds all packages that it imports.
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { ROOT } from '../npm.js'

const HERE = import.meta.dirname
const DIST = join(ROOT, 'dist')

/** Modules of `dist` that read files beside them, and what replaces them where there are no files. */
const INSTEAD = {
  [join(DIST, 'archive/native/sqlite.js')]: join(HERE, 'sqlite.js'),
  [join(DIST, 'node/shipped.js')]: join(HERE, 'shipped.js'),
}

/** Texts that mean a file beside a module, and what means the same inside one file. */
const REWRITTEN = [
  [/createRequire\(import\.meta\.url\)\('([\w-]+)'\)/g, "require('$1')"],
  [/new URL\('\.\/worker\.js', import\.meta\.url\)/g, 'globalThis.parsingThread()'],
]

const inOneFile = {
  name: 'in-one-file',
  resolveId(path, importer) {
    return importer?.startsWith(DIST) ? INSTEAD[join(importer, '..', path)] : null
  },
  transform(code, id) {
    if (!id.startsWith(DIST)) return null
    const rewritten = REWRITTEN.reduce((text, [from, to]) => text.replace(from, to), code)
    if (rewritten.includes('import.meta')) throw new Error(`${id} reads a file beside it: see REWRITTEN in bundle.js`)
    return rewritten
  },
}

/** @param addon the folder of better-sqlite3. @returns the code of the program and of its thread, and the folders of all packages in them. */
export async function bundle(addon) {
  const program = await bundled(join(HERE, 'entry.js'), addon)
  const thread = await bundled(join(DIST, 'run/parsing/worker.js'), addon)
  const folders = [...new Set([...program, ...thread].flatMap(({ moduleIds }) => moduleIds.flatMap(packageOf)))]
  return { program: program[0].code, thread: thread[0].code, folders: [...folders, addon].sort() }
}

/** The folder of the package that a module is in, or nothing. */
export const packageOf = id => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/')) ?? []

async function bundled(input, addon) {
  const resolve = { alias: { '#better-sqlite3': join(addon, 'lib') } }
  const made = await rolldown({ input, cwd: ROOT, platform: 'node', plugins: [inOneFile], resolve, logLevel: 'warn' })
  const { output } = await made.generate({ format: 'cjs', codeSplitting: false })
  await made.close()
  return output
}
