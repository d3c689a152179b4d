import { TOPICS } from '../../help/index.js'

/** What a page says besides the help of its command; `text` is laid out as a help. */
export interface Topic {
  title: string
  text: string
}

/** How a command ends: on every page. */
export const EXIT_STATUS = 'Exit status'

/** Names of topics with another title in man pages. */
const TITLES: Readonly<Record<string, string>> = { 'exit-codes': EXIT_STATUS }

/** The topics of the help for the page of the program. The formats are on the page of `export`. */
export async function topics(): Promise<Topic[]> {
  const wanted = TOPICS.filter(({ name }) => name !== 'formats')
  return Promise.all(
    wanted.map(async ({ name, load }) => ({ title: TITLES[name] ?? name, text: await (await load()).text(80) })),
  )
}
