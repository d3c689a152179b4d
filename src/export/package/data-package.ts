import { tableSchema } from '../codebook/frictionless.js'
import { licenceOf, slugOf } from './about.js'
import type { PackageFacts } from './parts.js'
import { mediaTypeOf, type PackedData, type PackedPart } from './parts.js'

/** `datapackage.json`: a Frictionless Data Package (version 2) of the tables and other files of data. Documents in folders are not listed. */
export function dataPackage({ about, survey, parts }: PackageFacts): object {
  const licence = licenceOf(about)
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    ...{ name: slugOf(about), title: about.title, description: about.description },
    ...(about.identifier !== undefined && { id: about.identifier }),
    ...(about.version !== undefined && { version: about.version }),
    ...(survey.madeAt !== null && { created: survey.madeAt }),
    licenses: [
      { name: licenceName(licence.name, licence.url), title: licence.name, ...(licence.url && { path: licence.url }) },
    ],
    contributors: about.creators.map(({ name, orcid, affiliation }) => ({
      ...{ title: name, roles: ['creator'] },
      ...(orcid !== undefined && { path: orcid }),
      ...(affiliation !== undefined && { organization: affiliation }),
    })),
    ...(about.keywords && { keywords: about.keywords }),
    ...(survey.sites.length > 0 && { sources: survey.sites.map(path => ({ title: path, path })) }),
    resources: parts.flatMap(part => part.data.map(data => resource(part, data))),
  }
}

/** A name of letters, digits, `-`, `_` and `.`, as the schema of licences wants it. */
const licenceName = (name: string, url: string | null): string =>
  url !== null && /^[\w.-]+$/.test(name) ? name : 'other'

function resource({ summary }: PackedPart, { name, sha256, bytes, rows, table }: PackedData): object {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  return {
    name: resourceName(name),
    path: name,
    title: summary,
    format: extension,
    mediatype: mediaTypeOf(name),
    ...(isText(extension) && { encoding: 'utf-8' }),
    ...{ bytes, hash: `sha256:${sha256}` },
    ...(rows !== null && { rows }),
    ...(table && {
      type: 'table',
      ...(DIALECTS[extension] && { dialect: DIALECTS[extension] }),
      schema: tableSchema(table.columns, table.key),
    }),
  }
}

const isText = (extension: string): boolean => ['csv', 'tsv', 'json', 'jsonl'].includes(extension)

/** Small letters, digits, `-`, `_` and `.`. */
const resourceName = (path: string): string => path.toLowerCase().replace(/[^a-z0-9._-]+/g, '-')

/** As the files are, so that no reader has to guess. A table with tabs has no quotes: it escapes tabs and line ends. */
const DIALECTS: Readonly<Record<string, object>> = {
  csv: {
    delimiter: ',',
    lineTerminator: '\r\n',
    quoteChar: '"',
    doubleQuote: true,
    skipInitialSpace: false,
    header: true,
  },
  tsv: { delimiter: '\t', lineTerminator: '\n', quoteChar: '', skipInitialSpace: false, header: true },
}
