/**
 * Folds case and the accents of Latin letters: `Åsa` equals `asa`, `NAÏVE` equals `naive`. Keeps ß, ø, æ, đ and the accents of other
 * scripts, as SQLite's `remove_diacritics` does.
 */
export const foldLetters = (text: string): string =>
  text.normalize('NFD').replace(ACCENTS, '$1').normalize('NFC').toLowerCase().replaceAll('ς', 'σ')

const ACCENTS = /(\p{Script=Latin})[\u0300-\u036f]+/gu
