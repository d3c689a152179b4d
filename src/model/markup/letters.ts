/**
 * The letters and digits of a text, in lower case: what two views of one text share, whatever their white space, quotes, dashes, emoji
 * and marks of links. A text without any is itself, without white space.
 */
export function lettersOf(text: string): string {
  // Some views print the numbers of a list.
  const plain = text
    .replace(/^[^\S\n\r\u2028\u2029]*\d{1,3}[.)]\s/gm, '')
    .normalize('NFKC')
    .toLowerCase()
  return plain.replace(/[^\p{L}\p{N}]+/gu, '') || plain.replace(/\s+/g, '')
}
