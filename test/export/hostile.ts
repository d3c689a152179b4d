import fc from 'fast-check'

/** Text that people type, or use in attacks. */
const PIECES = [
  ...[
    '# x',
    '## 3 replies',
    '---',
    '***',
    '===',
    '...',
    '> q',
    '- a',
    '* a',
    '+ a',
    '1. a',
    '2) a',
    '- [ ] t',
    '    code',
  ],
  ...[
    '```',
    '~~~',
    '`',
    '``',
    '|',
    'a | b',
    '--|--',
    '[x](y)',
    '![x](y)',
    '[^1]',
    '[r]: /u',
    '<b>',
    '</b>',
    '<!-- c',
    '-->',
  ],
  ...[
    '<script>alert(1)</script>',
    '<https://a.example>',
    'https://a.example/x_y',
    'www.a.example',
    'a@b.example',
    '$x$',
  ],
  ...[
    '**',
    '__',
    '*',
    '_',
    '~~',
    '~',
    '\\',
    '\\\\',
    '&amp;',
    '&copy;',
    '&#x41;',
    '{{ x }}',
    '%YAML',
    'key: value',
    '"',
    "'",
  ],
  ...['\n', '\n\n', '\r\n', '\t', ' ', '  ', '\u00a0', '\u200b', '\u2028', '\u0000', '\u0007', '\u0085', '\ud800'],
  ...[
    '\u202e',
    '\u2066',
    'é',
    'e\u0301',
    '空',
    '👩‍👩‍👧',
    'שלום',
    ':',
    '!',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '.',
    '1',
    'a',
  ],
]

export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map(pieces => pieces.join(''))

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const TAGS = (
  'p p div span em strong b i del s a code pre blockquote ul ol li table thead tbody tr td th h1 h3 dl dt dd ' +
  'section article figure u mark sub caption center custom-x script style form iframe'
).split(' ')
const ATTRIBUTES = [
  '',
  '',
  ' href="https://a.example/(x)?a=1&amp;b=2"',
  ' href="javascript:x"',
  ' onclick="x" class="language-js"',
]

/** Markup that browsers accept: elements at any place, some never closed. */
export const hostileHtml: fc.Arbitrary<string> = fc.letrec<{ node: string; many: string }>(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostileText.map(escapeHtml),
    fc.constantFrom('<br>', '<br><br>', '<!-- c -->', '</p>', '</div>', '\n', ' '),
    fc
      .tuple(fc.constantFrom(...TAGS), fc.constantFrom(...ATTRIBUTES), tie('many'), fc.boolean())
      .map(([tag, attribute, inner, closed]) => `<${tag}${attribute}>${inner}${closed ? `</${tag}>` : ''}`),
  ),
  many: fc.array(tie('node'), { maxLength: 4 }).map(nodes => nodes.join('')),
})).many
