// Makes all files of a release from the commit that is checked out: the same commit gives the same bytes, whenever and wherever.
//   node release/artefacts.js [--out FOLDER]         Node 24, npm 11, GNU tar; after `npm ci`
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { buildExecutable } from './executable/build.js'
import { npm, ROOT } from './npm.js'
import { makePackage } from './package.js'
import { executableSbom, packageSbom } from './sbom.js'

export const OUT = join(ROOT, 'build/release')

const FOR_ALL = 'u=rwX,go=rX'

/** @returns the names of the files in `out`. */
export async function makeArtefacts(out = OUT) {
  process.umask(0o022)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const seconds = Number(
    process.env.SOURCE_DATE_EPOCH ?? execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT }),
  )
  const write = (name, content) => writeFileSync(join(out, name), content)

  const folder = join(ROOT, 'build/package')
  await makePackage(folder)
  // The package has the permissions that its files have here, and those of the clone are of whoever made it.
  execFileSync('chmod', ['-R', FOR_ALL, folder])
  npm('pack', '--silent', '--pack-destination', out, folder)
  write(`threadkeep-${version}.cdx.json`, packageSbom(seconds))

  const name = `threadkeep-${version}-${process.platform}-${process.arch}`
  const folders = await buildExecutable({
    system: `${process.platform}-${process.arch}`,
    node: process.execPath,
    out: join(out, name),
  })
  write(`${name}.tar.gz`, gzipSync(tarOf(out, name, seconds)))
  write(`${name}.cdx.json`, executableSbom(folders, process.versions.node, seconds))
  rmSync(join(out, name), { recursive: true })

  write('SHA256SUMS', sumsOf(out))
  return readdirSync(out).sort()
}

/** Names in order, one time, one owner. */
function tarOf(out, name, seconds) {
  const same = [
    '--sort=name',
    `--mtime=@${seconds}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    `--mode=${FOR_ALL}`,
    '--format=ustar',
  ]
  return execFileSync('tar', [...same, '-C', out, '-cf', '-', name], { maxBuffer: 2 ** 30 })
}

function sumsOf(out) {
  const sum = name =>
    createHash('sha256')
      .update(readFileSync(join(out, name)))
      .digest('hex')
  return readdirSync(out)
    .sort()
    .map(name => `${sum(name)}  ${name}\n`)
    .join('')
}

if (import.meta.filename === resolve(process.argv[1] ?? '')) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  const out = values.out === undefined ? OUT : resolve(values.out)
  await makeArtefacts(out)
  process.stdout.write(readFileSync(join(out, 'SHA256SUMS'), 'utf8'))
}
