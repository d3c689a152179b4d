// Cuts a release on this machine. Nothing is pushed or published: the last lines say how to do that.
//   node release/cut.js VERSION [--date 2026-12-01] [--dry-run]
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { npm, ROOT } from './npm.js'
import { CHANGED, refuseVersion } from './versions.js'

const git = (...words) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim()
const read = file => readFileSync(join(ROOT, file), 'utf8')
const say = line => process.stdout.write(`${line}\n`)

/** @throws Error with a sentence, before anything is changed. */
function check({ version, present }, isDry) {
  if (!read('src/model/version.ts').includes(`'${present}'`))
    throw new Error(`package.json has version ${present}, and src/model/version.ts another one.`)
  refuseVersion(version, present)
  const changed = git('status', '--porcelain')
  if (changed) throw new Error(`There are changes that no commit has:\n${changed}`)
  if (git('tag', '--list', `v${version}`)) throw new Error(`There is a tag v${version} already.`)
  if (!isDry && !process.versions.node.startsWith('24.'))
    throw new Error('A release is cut with Node 24, which gets into the executable.')
}

/** The new texts of the files that hold the version or its date. */
const changesFor = release => Object.entries(CHANGED).map(([file, change]) => [file, change(read(file), release)])

async function cut(release) {
  const { version } = release
  npm('test')
  for (const [file, text] of changesFor(release)) writeFileSync(join(ROOT, file), text)
  git('commit', '--quiet', '--all', '--message', `release ${version}`)
  git('tag', '--annotate', `v${version}`, '--message', `threadkeep ${version}`)
  // Loaded here, because a dry run needs none of its packages.
  const { makeArtefacts, OUT } = await import('./artefacts.js')
  const files = await makeArtefacts()
  say(`In ${OUT}:\n${files.map(file => `  ${file}`).join('\n')}`)
}

const NEXT = ({ version }) => `Next, if all is well:
  npm audit --omit dev
  git push origin HEAD v${version}
  npm publish ./build/release/threadkeep-${version}.tgz
  and put the files of build/release beside the release on the site of the project.
Else: git tag -d v${version} && git reset --hard HEAD~1`

function planned(release) {
  const files = changesFor(release).filter(([file, text]) => text !== read(file))
  const steps = [
    'npm test',
    ...files.map(([file]) => `change ${file}`),
    `commit "release ${release.version}", tag v${release.version}`,
  ]
  return [...steps, 'make the package, the executable, both SBOMs and SHA256SUMS in build/release']
}

const options = { date: { type: 'string' }, 'dry-run': { type: 'boolean' } }
try {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [version] = positionals
  if (version === undefined)
    throw new Error('Name the version: node release/cut.js 0.2.0 [--date 2026-12-01] [--dry-run]')
  const { version: present } = JSON.parse(read('package.json'))
  const release = { version, present, date: values.date ?? new Date().toISOString().slice(0, 10) }
  check(release, values['dry-run'])
  if (values['dry-run'])
    say(
      planned(release)
        .map(step => `Would ${step}.`)
        .join('\n'),
    )
  else await cut(release)
  say(NEXT(release))
} catch (error) {
  process.stderr.write(`Error: ${error.message}\n`)
  process.exitCode = 2
}
