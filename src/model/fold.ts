/**
 * `Åsa` and `asa`, `NAÏVE` and `naive` are one: case, and the accents of Latin letters, are no difference. ß, ø, æ, đ and the accents of
 * other scripts are, as in SQLite's own `remove_diacritics`.
 */
export const foldLetters = (text: string): string =>
  text.normalize('NFD').replace(ACCENTS, '$1').normalize('NFC').toLowerCase().replaceAll('ς', 'σ')

const ACCENTS = /(\p{Script=Latin})[\u0300-\u036f]+/gu
