import { ABOUT_TEMPLATE } from '../../../src/export/package/about.js'

const FILLED: readonly (readonly [string, string])[] = [
  ['title: Questions and answers in a community of gardeners', 'title: Questions and answers of neighbours'],
  ['All threads of the public group "Gardeners", with', 'Threads of neighbours, with'],
  ['Example, Ada', 'Lind, Mara'],
  ['0000-0002-1825-0097', '0000-0001-2345-6789'],
  ['affiliation: University of Example', 'affiliation: University of the Coast'],
  ['The convenor of the group announced', 'A neighbour announced'],
  ['contact: ada@', 'contact: mara.lind@'],
  ['by the review board of the University of Example', 'by the board of the coast'],
  ['Example Foundation', 'Fund of the Coast'],
  ['EF-1234', 'FC-77'],
  ['10.0000/example', '10.0000/neighbours'],
  ['https://journal.example/article', 'https://journal.example/neighbours'],
  ['# published:', 'published:'],
]

/** The template of a file about a package, filled in. */
export const ABOUT_FILE = FILLED.reduce((text, [example, own]) => text.replace(example, own), ABOUT_TEMPLATE)
