/** A page of `threadkeep help TOPIC`. Its code is loaded when it is named. */
export interface Topic {
  name: string
  summary: string
  load(): Promise<{ text(width: number): string | Promise<string> }>
}

/** In the order of `threadkeep help topics`. A topic with the name of a command is a part of the help of that command. */
export const TOPICS: readonly Topic[] = [
  { name: 'targets', summary: 'what can be archived, and how it is named', load: () => import('./targets.js') },
  { name: 'query', summary: 'the language of search and of --filter', load: () => import('./query.js') },
  { name: 'dates', summary: 'how dates and lengths of time are written', load: () => import('./dates.js') },
  { name: 'formats', summary: 'the formats of export, and their options', load: () => import('./formats.js') },
  { name: 'files', summary: 'where everything is kept', load: () => import('./files.js') },
  { name: 'environment', summary: 'variables that are read', load: () => import('./environment.js') },
  { name: 'exit-codes', summary: 'how a command ends', load: () => import('./exit-codes.js') },
]
