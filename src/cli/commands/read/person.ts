import type { Command } from 'commander'
import type { MemberSummary } from '../../../model/reports/forget.js'
import type { HeldPost, PersonData } from '../../../model/reports/person.js'
import { knownAddress } from '../../../model/unknown-site.js'
import { notes } from '../../help/layout.js'
import { archiveFile, type Globals, withArchive } from '../../options/globals.js'
import { resolveMember } from '../../options/resolve.js'
import { dateKeys, jsonDocument, records } from '../../render/json-document.js'
import type { Io } from '../../terminal/io.js'
import { withSteps } from '../../terminal/steps.js'
import { authorName } from '../../text/phrases.js'
import { terminalLine } from '../../text/terminal-text.js'
import { refuseOtherExtension, writeDocument } from '../publish/write-document.js'

export interface Options extends Globals {
  word: string
  site?: string
  output?: string
}

export const examples = [
  'person maeve',
  'person https://community.example/members/maeve/ -o maeve.md',
  'person 17 --site https://community.example/ --json',
]

export function add(command: Command): void {
  command
    .description(
      'Shows everything that the archive holds of and about a member, for a person who\n' +
        'asks: the profile, names over time, posts with their earlier texts, posts of\n' +
        'others that name the member, files, and the stored responses, targets and log\n' +
        'lines with the words or the name. It is what "threadkeep forget" would erase.\n' +
        'Others wrote some of it: read it before you pass it on.',
    )
    .argument('<member>', 'slug, number, display name or profile URL')
    .option('--site <url>', 'the community, if several have such a member (default: the only one)')
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'write to this file, completely or not at all (default: stdout)')
    .option('--json', 'print one JSON document (threadkeep.person/1)')
    .addHelpText('after', notes(HELP))
}

const HELP = `
An archive holds no lists of members, no private messages, and not as which
member a session has read. Names are found as whole words, as @slug and in
links; a nickname that only friends use is not.`

export async function run(options: Options, io: Io): Promise<void> {
  refuseOtherExtension(options.output, options.json ? ['.json'] : ['.md'], 'markdown, or JSON with --json')
  await withArchive('read', options, io, async archive => {
    const member = resolveMember(options.word, options.site ?? null, archive.forgetting.people)
    const data = await withSteps(options, io, archive.subject(member), () => 'nothing was written.')
    await writeDocument(await piecesOf(data, member, options, io), options, io)
  })
}

async function piecesOf(data: PersonData, member: MemberSummary, options: Options, io: Io) {
  if (options.json) return personDocument(data, member, archiveFile(options, io))
  const { personMarkdown } = await import('../../../export/person/document.js')
  return personMarkdown(data, {
    name: terminalLine(authorName(member)),
    site: member.site,
    forgottenAt: member.forgottenAt,
  })
}

/** `threadkeep.person/1`: docs/schema/person-1.json. */
function personDocument(
  data: PersonData,
  { site, id, forgottenAt }: MemberSummary,
  archive: string,
): Generator<string> {
  const same = <One extends object>(one: One) => one
  return jsonDocument('person', {
    archive,
    site: knownAddress(site),
    member: id,
    forgottenAt,
    profiles: records(data.profiles(), same),
    names: records(data.names(), same),
    groups: records(data.groups(), same),
    posts: records(data.posts(), postKeys),
    versions: records(data.versions(), same),
    mentions: records(data.mentions(), postKeys),
    files: records(data.files(), same),
    captures: records(data.captures(), same),
    targets: records(data.targets(), same),
    traces: records(data.traces(), same),
  })
}

const postKeys = ({ when, url, ...post }: HeldPost): object => ({ ...post, url: knownAddress(url), ...dateKeys(when) })
