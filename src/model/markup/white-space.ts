/** The text with one space for each run of white space. Single spaces do not match, because a long text has millions of them. */
export const singleSpaced = (text: string): string => text.replace(/\s{2,}|[^\S ]/g, ' ')

/** What is kept of a longer text, with `…`: there would be two signs if it ended in a full stop or a comma. */
export const withEllipsis = (kept: string): string => `${kept.replace(/(?<![\s.,;:…])[\s.,;:…]+$/u, '')}…`
