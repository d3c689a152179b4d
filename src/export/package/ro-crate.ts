import { VERSION } from '../../model/version.js'
import { licenceOf } from './about.js'
import type { PackageFacts } from './parts.js'
import { mediaTypeOf, type PackedFile } from './parts.js'

type Entity = Readonly<Record<string, unknown>> & { '@id': string }

const ref = ({ '@id': id }: Pick<Entity, '@id'>) => ({ '@id': id })

/** `ro-crate-metadata.json` (RO-Crate 1.1): the data set, its files, who made it and how. */
export function roCrate(facts: PackageFacts): object {
  const files = filesOf(facts)
  const people = peopleOf(facts)
  const licence = licenceEntity(facts)
  const made = madeBy(facts, files)
  const sites = facts.survey.sites.map((url): Entity => ({ '@id': url, '@type': 'WebSite', name: url, url }))
  const funding = fundingOf(facts)
  const root = rootOf(facts, { files, people, licence, sites, funding })
  return {
    '@context': 'https://w3id.org/ro/crate/1.1/context',
    '@graph': [DESCRIPTOR, root, ...files, ...people, ...(licence ? [licence] : []), ...sites, ...funding, ...made],
  }
}

const DESCRIPTOR: Entity = {
  '@id': 'ro-crate-metadata.json',
  '@type': 'CreativeWork',
  conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
  about: { '@id': './' },
}

interface Related {
  files: readonly Entity[]
  people: readonly Entity[]
  licence: Entity | null
  sites: readonly Entity[]
  funding: readonly Entity[]
}

function rootOf({ about, survey }: PackageFacts, { files, people, licence, sites, funding }: Related): Entity {
  const { from, to } = survey
  return {
    ...{ '@id': './', '@type': 'Dataset', name: about.title, description: about.description },
    datePublished: about.published ?? survey.madeAt?.slice(0, 10) ?? '1970-01-01',
    license: licence ? ref(licence) : about.licence,
    author: people.filter(one => one['@type'] === 'Person').map(ref),
    ...(about.keywords && { keywords: about.keywords.join(', ') }),
    ...(about.language !== undefined && { inLanguage: about.language }),
    ...(about.version !== undefined && { version: about.version }),
    ...(about.identifier !== undefined && { identifier: about.identifier }),
    ...(about.related && { citation: about.related }),
    ...(from !== null && to !== null && { temporalCoverage: `${from}/${to}` }),
    conditionsOfAccess: about.consent,
    ...(sites.length > 0 && { isBasedOn: sites.map(ref) }),
    ...(funding.length > 0 && { funding: funding.filter(one => one['@type'] === 'Grant').map(ref) }),
    mentions: { '@id': '#package' },
    hasPart: files.map(ref),
  }
}

/** Files of data and documents, and folders of documents in place of what is in them. */
function filesOf({ parts, documents }: PackageFacts): Entity[] {
  const data = parts.flatMap(({ name, summary, data: own }): Entity[] =>
    name.endsWith('/')
      ? [{ '@id': idOf(name), '@type': 'Dataset', name: summary }, ...own.map(file => fileEntity(file, file.name))]
      : own.map(file => fileEntity(file, summary)),
  )
  return [...data, ...documents.map(file => fileEntity(file, file.what))]
}

const fileEntity = ({ name, bytes }: PackedFile, what: string): Entity => ({
  ...{ '@id': idOf(name), '@type': 'File', name: what, encodingFormat: mediaTypeOf(name) },
  contentSize: String(bytes),
})

const idOf = (name: string): string => name.split('/').map(encodeURIComponent).join('/')

function peopleOf({ about }: PackageFacts): Entity[] {
  const organizations = new Map<string, Entity>()
  const people = about.creators.map(({ name, orcid, affiliation }, at): Entity => {
    const organization = affiliation === undefined ? undefined : organizationOf(affiliation)
    if (organization) organizations.set(organization['@id'], organization)
    const own = { '@id': orcid ?? `#creator-${at + 1}`, '@type': 'Person', name }
    return organization ? { ...own, affiliation: ref(organization) } : own
  })
  return [...people, ...organizations.values()]
}

const organizationOf = (name: string): Entity => ({
  '@id': `#organization-${encodeURIComponent(name)}`,
  '@type': 'Organization',
  name,
})

function licenceEntity({ about }: PackageFacts): Entity | null {
  const { name, url } = licenceOf(about)
  const own = { '@id': url ?? '#licence', '@type': 'CreativeWork', name: url === null ? 'Terms of use' : name }
  return { ...own, description: url === null ? name : `The licence ${name}` }
}

function fundingOf({ about: { funding = [] } }: PackageFacts): Entity[] {
  const funders = new Map(funding.map(({ funder }) => [funder, organizationOf(funder)]))
  const grants = funding.map(({ funder, award }, at): Entity => {
    const own = { '@id': `#grant-${at + 1}`, '@type': 'Grant', name: award ?? funder }
    return { ...own, funder: ref(organizationOf(funder)), ...(award !== undefined && { identifier: award }) }
  })
  return [...grants, ...funders.values()]
}

/** What made the files of data, as Process Run Crates say it. */
function madeBy({ about, survey }: PackageFacts, files: readonly Entity[]): Entity[] {
  const program: Entity = {
    ...{ '@id': '#threadkeep', '@type': 'SoftwareApplication', name: 'threadkeep', version: VERSION },
    softwareVersion: VERSION,
  }
  const action: Entity = {
    ...{ '@id': '#package', '@type': 'CreateAction', name: `Package of "${about.title}"` },
    ...(survey.madeAt !== null && { endTime: survey.madeAt }),
    instrument: ref(program),
    object: survey.sites.map(url => ({ '@id': url })),
    result: files.map(ref),
  }
  return [action, program]
}
