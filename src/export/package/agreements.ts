import * as z from 'zod'
import type { PackageCheck, PackageFinding, ReadFiles, TextOf } from './checks.js'
import { DATA } from './package.js'

const RESOURCE = z.object({
  path: z.string(),
  bytes: z.number().optional(),
  hash: z.string().optional(),
  rows: z.number().optional(),
  dialect: z.object({ delimiter: z.string().optional() }).optional(),
  schema: z.object({ fields: z.array(z.object({ name: z.string() })) }).optional(),
})
const DATA_PACKAGE = z.object({ title: z.string().optional(), resources: z.array(RESOURCE) })

const ENTITY = z.looseObject({ '@id': z.string(), '@type': z.unknown() })
const CRATE = z.object({ '@graph': z.array(ENTITY) })

type Entity = z.infer<typeof ENTITY>
type Resource = z.infer<typeof RESOURCE>

/** What the metadata of a package say; null where a file is missing or no such metadata. */
export interface Metadata {
  dataPackage: z.infer<typeof DATA_PACKAGE> | null
  crate: readonly Entity[] | null
  /** As both have it; null: neither has one. */
  title: string | null
}

const [DATA_PACKAGE_FILE, CRATE_FILE] = ['datapackage.json', 'ro-crate-metadata.json'] as const

export async function metadataOf(text: TextOf): Promise<Metadata> {
  const dataPackage = read(DATA_PACKAGE, await text(`${DATA}${DATA_PACKAGE_FILE}`))
  const crate = read(CRATE, await text(`${DATA}${CRATE_FILE}`))?.['@graph'] ?? null
  return { dataPackage, crate, title: dataPackage?.title ?? titleOf(crate) }
}

function read<Shape>(schema: z.ZodType<Shape>, text: string | null): Shape | null {
  try {
    return text === null ? null : schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const titleOf = (crate: readonly Entity[] | null): string | null => {
  const name = crate?.find(one => one['@id'] === './')?.['name']
  return typeof name === 'string' ? name : null
}

/** Whether the metadata say of the files what the files are. `unreadable`: names of files that are damaged, so that nothing is known of them. */
export function* agreements(
  metadata: Metadata,
  files: ReadFiles,
  unreadable: ReadonlySet<string>,
): Generator<PackageCheck> {
  const isRead = ({ file }: PackageFinding) => !unreadable.has(file)
  const { dataPackage, crate } = metadata
  const tables = dataPackage
    ? dataPackage.resources.flatMap(one => resourceFindings(one, files))
    : [unread(DATA_PACKAGE_FILE)]
  yield {
    name: 'tables',
    what: 'hashes, columns and rows are those of datapackage.json',
    findings: tables.filter(isRead),
  }
  const entities = crate ? [...crateFindings(crate, files), ...titleFindings(metadata)] : [unread(CRATE_FILE)]
  yield { name: 'crate', what: 'ro-crate-metadata.json lists the files', findings: entities.filter(isRead) }
}

const unread = (name: string): PackageFinding => ({
  file: `${DATA}${name}`,
  what: 'it is missing, or not what it should be',
})

function resourceFindings({ path, bytes, hash, rows, dialect, schema }: Resource, files: ReadFiles): PackageFinding[] {
  const name = `${DATA}${path}`
  const file = files.get(name)
  if (!file) return [{ file: name, what: 'datapackage.json names it, and it is not there' }]
  const delimiter = dialect?.delimiter ?? ','
  const names = schema?.fields.map(field => field.name).join(delimiter)
  const isTable = file.head !== null && names !== undefined && /\.[ct]sv$/.test(name)
  const differences = [
    bytes !== undefined && bytes !== file.bytes && `datapackage.json says ${bytes} bytes, and it has ${file.bytes}`,
    hash !== undefined && hash !== `sha256:${file.sha256}` && 'datapackage.json has another hash of it',
    rows !== undefined && rows !== file.rows && `datapackage.json says ${rows} rows, and it has ${file.rows ?? 'none'}`,
    isTable && file.head !== names && 'its columns are not those of datapackage.json',
  ]
  return differences.flatMap(what => (what ? [{ file: name, what }] : []))
}

/** Files that say what the others are need not be listed. */
const ABOUT_OTHERS: readonly string[] = ['README.md', DATA_PACKAGE_FILE, CRATE_FILE]

function crateFindings(crate: readonly Entity[], files: ReadFiles): PackageFinding[] {
  const own = crate.filter(one => one['@type'] === 'File' || one['@type'] === 'Dataset')
  const names = new Set(own.map(one => decoded(one['@id'])))
  const folders = [...names].filter(name => name.endsWith('/') && name !== './')
  const isListed = (name: string) => names.has(name) || folders.some(folder => name.startsWith(folder))
  const payload = [...files.keys()].flatMap(name => (name.startsWith(DATA) ? [name.slice(DATA.length)] : []))
  return [
    ...own.filter(one => one['@type'] === 'File').flatMap(one => entityFindings(one, files)),
    ...payload
      .filter(name => !ABOUT_OTHERS.includes(name) && !isListed(name))
      .map(name => ({ file: `${DATA}${name}`, what: 'ro-crate-metadata.json does not list it' })),
  ]
}

function entityFindings(entity: Entity, files: ReadFiles): PackageFinding[] {
  const name = `${DATA}${decoded(entity['@id'])}`
  const file = files.get(name)
  const size = entity['contentSize']
  if (!file) return [{ file: name, what: 'ro-crate-metadata.json names it, and it is not there' }]
  return size === undefined || String(size) === String(file.bytes)
    ? []
    : [{ file: name, what: `ro-crate-metadata.json says ${size} bytes, and it has ${file.bytes}` }]
}

function titleFindings({ dataPackage, crate }: Metadata): PackageFinding[] {
  const [a, b] = [dataPackage?.title, titleOf(crate)]
  return a === undefined || b === null || a === b
    ? []
    : [{ file: `${DATA}${CRATE_FILE}`, what: 'its title is not that of datapackage.json' }]
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
