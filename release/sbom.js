// The list of what is in a package or an executable, as CycloneDX 1.5 in JSON.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmText, ROOT } from './npm.js'

/** Of the npm package: what npm knows from package-lock.json. npm names it after the folder of the clone. */
export function packageSbom(seconds) {
  const text = npmText('sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only')
  const { metadata, ...bom } = JSON.parse(text)
  return settled(
    { ...bom, metadata: { ...metadata, component: { ...metadata.component, name: 'threadkeep' } } },
    seconds,
  )
}

/** Of an executable: Node, and the packages whose folders are given. */
export function executableSbom(folders, node, seconds) {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const { version } = own
  const component = { ...componentOf(own), type: 'application' }
  const runtime = {
    type: 'platform',
    'bom-ref': `node@${node}`,
    name: 'node',
    version: node,
    licenses: [{ license: { id: 'MIT' } }],
  }
  const packages = folders.map(folder => componentOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))))
  const head = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 }
  const metadata = { tools: [{ vendor: 'threadkeep', name: 'release', version }], component }
  return settled({ ...head, metadata, components: [runtime, ...packages] }, seconds)
}

function componentOf({ name, version, license }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const licenses = [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }]
  return { type: 'library', 'bom-ref': `${name}@${version}`, name, version, licenses, purl }
}

/** With the time of the commit, and a number that follows from the content: the same content is the same file. */
function settled({ serialNumber: _, ...bom }, seconds) {
  const timestamp = new Date(seconds * 1000).toISOString()
  const metadata = { ...bom.metadata, timestamp }
  const hash = createHash('sha256')
    .update(JSON.stringify({ ...bom, metadata }))
    .digest('hex')
  const uuid = hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
  const { bomFormat, specVersion, ...rest } = bom
  return `${JSON.stringify({ bomFormat, specVersion, serialNumber: `urn:uuid:${uuid}`, ...rest, metadata }, null, 2)}\n`
}
