import { cleanText } from './text.js'

/** Attributes of an element; null: it does not have this one. */
type Attributes = Readonly<Record<string, string | null>>

/** An element with its content, which is XML already. Without content it is empty. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === null ? '' : ` ${key}="${escaped(value)}"`,
  )
  const start = `<${name}${written.join('')}`
  return content.length === 0 ? `${start}/>` : `${start}>${content.join('')}</${name}>`
}

/** An element with a text. */
export const textElement = (name: string, text: string, attributes: Attributes = {}): string =>
  element(name, attributes, escaped(text))

/** Text of an element, or of an attribute in double quotes. Characters that XML 1.0 does not have become U+FFFD. */
export const escaped = (text: string): string =>
  cleanText(text)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"\t\n]/g, character => ENTITIES[character] ?? character)

/** Readers turn a line feed of an attribute into a space, unless it is written so. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
}
