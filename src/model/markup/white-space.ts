/** The text with one space for each run of white space. Single spaces do not match, because a long text has millions of them. */
export const singleSpaced = (text: string): string => text.replace(/\s{2,}|[^\S ]/g, ' ')
