import { buffer } from 'node:stream/consumers'
import { SaxesParser } from 'saxes'
import { fromBufferPromise } from 'yauzl'

/** An element of `project.qde`, read by a strict parser. */
export interface Element {
  name: string
  attributes: Record<string, string>
  text: string
  children: Element[]
}

export interface Project {
  /** Names of the files in the zip file, in their order. */
  files: string[]
  xml: string
  root: Element
  /** Text of a source by its GUID. */
  texts: ReadonlyMap<string, string>
}

/** Opens a project as a program does that knows nothing of threadkeep. */
export async function opened(qdpx: Buffer): Promise<Project> {
  const zip = await fromBufferPromise(qdpx, { lazyEntries: true })
  const bodies = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const body = await buffer(await zip.openReadStreamPromise(entry))
    bodies.set(entry.fileName, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  }
  const xml = bodies.get('project.qde') ?? ''
  const texts = [...bodies].map(([name, text]): [string, string] => [
    /^sources\/(.*)\.txt$/.exec(name)?.[1] ?? '',
    text,
  ])
  return { files: [...bodies.keys()], xml, root: parsed(xml), texts: new Map(texts) }
}

function parsed(xml: string): Element {
  const top: Element = { name: '', attributes: {}, text: '', children: [] }
  const open = [top]
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, text: '', children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('text', text => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.write(xml).close()
  return top.children[0] ?? top
}

/** All elements of this name, in the order of the file. */
export const all = (element: Element, name: string): Element[] =>
  element.children.flatMap(child => [...(child.name === name ? [child] : []), ...all(child, name)])

export interface Selection {
  guid: string
  name: string
  user: string
  note: string | null
  /** What the text of the source has there, counted in code points. */
  words: string
  /** GUIDs. */
  codes: string[]
}

export const selectionsOf = ({ root, texts }: Project): Selection[] =>
  all(root, 'TextSource').flatMap(source => {
    const text = [...(texts.get(source.attributes['guid'] ?? '') ?? '')]
    return all(source, 'PlainTextSelection').map(one => ({
      guid: one.attributes['guid'] ?? '',
      name: one.attributes['name'] ?? '',
      user: one.attributes['creatingUser'] ?? '',
      note: one.children.find(({ name }) => name === 'Description')?.text ?? null,
      words: text.slice(Number(one.attributes['startPosition']), Number(one.attributes['endPosition'])).join(''),
      codes: all(one, 'CodeRef').map(({ attributes }) => attributes['targetGUID'] ?? ''),
    }))
  })

/** What programs stumble over, and no schema says: references that lead nowhere, GUIDs that come again, names that differ only in case. */
export function faults({ root, files, texts }: Project): string[] {
  const own = (name: string) => all(root, name).map(({ attributes }) => attributes['guid'] ?? '')
  const ids = ['User', 'Code', 'Variable', 'TextSource', 'PlainTextSelection', 'Coding'].flatMap(own)
  const known = new Set([...ids, ...own('Case')])
  const targets = ['CodeRef', 'VariableRef', 'SelectionRef'].flatMap(name => all(root, name))
  const users = [root, ...['TextSource', 'PlainTextSelection', 'Coding'].flatMap(name => all(root, name))]
  const named = targets.map(({ attributes }) => attributes['targetGUID'] ?? '')
  const by = users.map(({ attributes }) => attributes['creatingUser'] ?? attributes['creatingUserGUID'] ?? '')
  const sources = own('TextSource')
  return [
    ...[...named, ...by].filter(guid => !known.has(guid)).map(guid => `${guid} is not there`),
    ...repeated(ids).map(guid => `${guid} comes again`),
    ...['Code', 'Case', 'TextSource', 'Variable'].flatMap(name => repeatedNames(root, name)),
    ...(files.join() === ['project.qde', ...sources.map(guid => `sources/${guid}.txt`)].join() ? [] : ['other files']),
    ...[...texts.values()].filter(text => /[^\P{Cc}\n\t]|\p{Cs}/u.test(text)).map(() => 'control characters'),
  ]
}

const repeatedNames = (root: Element, name: string): string[] =>
  repeated(all(root, name).map(({ attributes }) => (attributes['name'] ?? '').normalize('NFKC').toLowerCase()))

function repeated(words: readonly string[]): string[] {
  const seen = new Set<string>()
  return words.filter(word => seen.size === seen.add(word).size)
}
