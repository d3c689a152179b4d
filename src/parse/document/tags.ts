/** What a page may contain of one tag name, and how many elements of this name are open while a tree is built. */
export interface Tag {
  readonly name: string
  /** It has no content and no end tag. */
  readonly isVoid: boolean
  /** The open elements that it ends: a `p` ends where a `div` begins. */
  readonly ends: ReadonlySet<string> | undefined
  /** Whether `<x/>` is a whole element inside it: yes in SVG and MathML, no in the HTML within these. Undefined: as around it. */
  readonly selfCloses: boolean | undefined
  /** Its content is text without tags and entities, up to its end tag. */
  readonly isRaw: boolean
  /** The names of the attributes of the last such element, in order: the next one mostly has the same. */
  readonly attributes: string[]
  open: number
}

export const tagOf = (name: string): Tag => ({
  name,
  isVoid: VOID.has(name),
  ends: ENDS.get(name),
  selfCloses: FOREIGN.has(name) ? true : HTML_IN_FOREIGN.has(name) ? false : undefined,
  isRaw: RAW.has(name),
  attributes: [],
  open: 0,
})

/** In XML every element may have content, and only its end tag ends it. */
export const xmlTagOf = (name: string): Tag => ({
  name,
  isVoid: false,
  ends: undefined,
  selfCloses: undefined,
  isRaw: false,
  attributes: [],
  open: 0,
})

const names = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const VOID = names(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr',
)
/** As htmlparser2 reads them, which does not decode entities in `textarea`. */
const RAW = names('script style textarea xmp')
const FOREIGN = names('math svg')
const HTML_IN_FOREIGN = names('mi mo mn ms mtext annotation-xml foreignobject desc title')

const CONTROLS = 'input option optgroup select button datalist textarea'
const BLOCKS =
  'p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul'

/** The tags on the left end open elements on the right, if these are the innermost. */
const ENDS = new Map(
  [
    [BLOCKS, 'p'],
    ['li', 'li'],
    ['tr', 'tr th td'],
    ['th', 'th'],
    ['td', 'thead th td'],
    ['tbody tfoot', 'thead tbody'],
    ['dd dt', 'dd dt'],
    ['rt rp', 'rt rp'],
    ['option', 'option'],
    ['optgroup', 'optgroup option'],
    ['select input output button datalist textarea', CONTROLS],
    ['body', 'head link script'],
  ].flatMap(([tags = '', ended = '']) => tags.split(' ').map(tag => [tag, names(ended)] as const)),
)
