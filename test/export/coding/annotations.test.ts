import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { annotatedArchive } from '../../../src/export/coding/annotated-archive.js'
import { readAnnotations } from '../../../src/export/coding/read-annotations.js'
import { jsonl } from '../../../src/export/jsonl.js'
import { csv } from '../../../src/export/table/csv.js'
import { KnownError } from '../../../src/model/errors.js'
import { readerOf } from '../../cli/fake-reader.js'
import { contextOf, keptThread, renderedAs, textOf } from '../threads.js'

const read = (text: string, name = 'kim.csv') =>
  readAnnotations([{ name, text }]).map(({ post, url, coder, codes, note }) => [
    post ?? url,
    coder,
    codes.join('|'),
    note,
  ])

const faultOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof KnownError) return [error.message, error.advice].join('\n')
    throw error
  }
  return 'no fault'
}

const ROWS = [
  ['240', 'Kim', 'care|bees', 'see "x"'],
  ['241', 'Kim', '', null],
]

describe('a file of annotations', () => {
  it.each([
    ['commas', 'id,coder,code,note\n240,Kim,care; bees,"see ""x"""\n241,Kim,,\n'],
    [
      'semicolons of Excel, with a byte order mark',
      '\ufeffid;coder;code;note\r\n240;Kim;"care; bees";"see ""x"""\r\n241;Kim;;\r\n',
    ],
    [
      'a line that names the separator',
      'sep=;\r\nid;coder;code;note\r\n240;Kim;"care;bees";"see ""x"""\r\n241;Kim;;\r\n',
    ],
    ['tabs', 'id\tcoder\tcode\tnote\n240\tKim\tcare;bees\t"see ""x"""\n241\tKim\t\t\n'],
    [
      'other columns, in another order, and blank rows',
      'Text,CODES , Note,ID,Coder\n"a,b\nc",care ; bees;,"see ""x""", 240 ,Kim\n,,,,\nd,,,241,Kim\n',
    ],
    ['guarded cells', '\'id,coder,code,note\n240,Kim,care;bees,"see ""x"""\n241,Kim,,\n'.replace("'id", 'id')],
    ['no coder, who is then called as the file', 'id,code,note\n240,care;bees,"see ""x"""\n241,,\n', 'folder/Kim.csv'],
    [
      'JSON',
      '{"id":"240","coder":"Kim","codes":["care","bees"],"note":"see \\"x\\""}\n\n{"id":241,"coder":"Kim","code":null}\n',
    ],
  ])('may have %s', (_, text, name = 'kim.csv') => {
    expect(read(text, name)).toEqual(ROWS)
  })

  it('has a guard before what a spreadsheet would run, which is taken off', () => {
    expect(read("id,coder,code,note\n1,Kim,'-x,'=1+1\n")).toEqual([['1', 'Kim', '-x', '=1+1']])
  })

  it('has codes and coders in the first spelling', () => {
    expect(read('id,coder,code\n1,Kim,Care\n2,KIM,care\n')).toEqual([
      ['1', 'Kim', 'Care', null],
      ['2', 'Kim', 'Care', null],
    ])
  })

  it('may leave rows of a sheet empty that nobody has looked at', () => {
    expect(read('id,coder,code\n1,,\n2,Kim,care\n,,\n')).toEqual([['2', 'Kim', 'care', null]])
  })

  it.each([
    [
      '',
      'kim.csv is empty.\nIt needs the columns id (or url) and code; coder, note and site may be there, and any others.',
    ],
    [
      'a,code\n1,x\n',
      'kim.csv has no column for the post.\nIt needs the columns id (or url) and code; coder, note and site may be there, and any others. Its columns are: a, code.',
    ],
    ['id,coder,note\n1,Kim,x\n', 'kim.csv has no column for the code.'],
    ['id,code,codes\n1,x,y\n', 'kim.csv has two columns for the code: code and codes.\nRename one of them.'],
    ['id,code\n1,"x\n', 'kim.csv, row 2: a quotation mark is not closed.'],
    ['id,code\n1,x,y\n', 'kim.csv, row 2 has 3 cells, and the header only 2.'],
    ['id,code\n1,caf\ufffd\n', 'kim.csv, row 2: this is no UTF-8. Save the file as "CSV UTF-8".'],
    ['id,coder,code\n,Kim,x\n', 'kim.csv, row 2: no post is named.'],
    ['id,coder,code\n1,,x\n', 'kim.csv, row 2: no coder is named.'],
    [
      'id,coder,code\n1,Kim,x\n2,Kim,x\n1,Kim,"y;x"\n',
      'kim.csv, row 4: Kim gives the post the code "x" again, as in kim.csv, row 2.',
    ],
    ['id,coder,code\n1,Kim,\n1,Kim,\n', 'kim.csv, row 3: Kim gives the post no code again, as in kim.csv, row 2.'],
    ['{"id":1}', 'kim.csv, line 1 has no column for the code.'],
    ['{"id":1,"code":{}}', 'kim.csv, line 1 has a value that is no text.'],
    ['{"id":"1","code":"x"}\n[]', 'kim.csv, line 2 is no JSON object.'],
  ])('is refused with a sentence: %j', (text, message) => {
    expect(faultOf(() => read(text))).toContain(message)
  })

  it('names the first faults, and how many more there are', () => {
    const message = faultOf(() => read(`id,coder,code\n${',Kim,x\n'.repeat(8)}`))
    expect(message.split('\n')).toEqual([
      ...['kim.csv, row 2: no post is named.', 'Further:', 'kim.csv, row 3: no post is named.'],
      ...[
        'kim.csv, row 4: no post is named.',
        'kim.csv, row 5: no post is named.',
        'kim.csv, row 6: no post is named.',
        'and 3 more',
      ],
    ])
  })
})

describe('annotations on the posts of an archive', () => {
  const THREAD = keptThread({
    posts: [{ id: '1' }, { id: '2', parentId: '1' }],
  })
  const reader = () => readerOf([THREAD])
  const shown = (text: string, archive = reader()) => {
    const annotated = annotatedArchive(archive, readAnnotations([{ name: 'kim.csv', text }]))
    return [...annotated.threads({})].flatMap(({ posts }) => [...posts].map(({ post }) => post.annotations))
  }

  it('are found by id, by address, and by site and id', () => {
    const care = [{ coder: 'kim', codes: ['care'], note: null }]
    expect(shown('id,code\n2,care\n')).toEqual([undefined, care])
    expect(shown('url,code\nhttps://community.example/activity/1/,care\n')).toEqual([care, undefined])
    expect(shown('site,id,code\nhttps://community.example/,2,care\n')).toEqual([undefined, care])
    expect(shown('id,code\n1,\n')).toEqual([undefined, undefined])
  })

  it('are refused for posts that the archive does not hold, or holds of several sites', () => {
    expect(faultOf(() => shown('id,code\n1,x\n9,x\n'))).toContain('kim.csv, row 3: the archive holds no post 9.')
    expect(faultOf(() => shown('url,code\nhttps://community.example/activity/9/,x\n'))).toContain(
      'holds no post https://',
    )
    expect(faultOf(() => shown('site,id,code\nhttps://other.example/,1,x\n'))).toContain('holds no post 1')
    const two = readerOf([THREAD, { ...THREAD, site: 'https://other.example/' }])
    expect(faultOf(() => shown('id,code\n1,x\n', two))).toContain(
      'kim.csv, row 2: posts of several sites have the id 1.',
    )
    expect(shown('site,id,code\nhttps://other.example/,1,x\n', two).map(one => one?.length ?? 0)).toEqual([0, 0, 1, 0])
  })
})

describe('annotations in data', () => {
  const thread = keptThread({
    posts: [
      {
        id: '1',
        annotations: [
          { coder: 'Lee', codes: ['care', 'bees'], note: null },
          { coder: 'Kim', codes: ['care'], note: '=1' },
        ],
      },
      { id: '2', parentId: '1' },
    ],
  })

  it('are columns at the end of a table', () => {
    const about = contextOf(csv, [thread], {
      isAnnotated: true,
      options: { ...contextOf(csv, []).options, columns: 'id,codes,coders,notes' },
    })
    expect(textOf(csv.render([thread], about))).toBe(
      'id,codes,coders,notes\r\n1,bees; care,Kim; Lee,Kim: =1\r\n2,,,\r\n',
    )
    expect(renderedAs(csv, {}, thread)).not.toContain('codes')
  })

  it('are a key of jsonl, as the schema says', () => {
    const ajv = new Ajv2020({ allowUnionTypes: true })
    addFormats.default(ajv)
    const schema = JSON.parse(readFileSync(new URL('../../../docs/schema/post-1.json', import.meta.url), 'utf8'))
    const valid = ajv.compile(schema)
    const [first = '', second = ''] = renderedAs(jsonl, {}, thread).trimEnd().split('\n')
    expect([valid(JSON.parse(first)), valid(JSON.parse(second)), valid.errors]).toEqual([true, true, null])
    expect(JSON.parse(first).annotations).toEqual(
      thread.posts && [
        { coder: 'Lee', codes: ['care', 'bees'], note: null },
        { coder: 'Kim', codes: ['care'], note: '=1' },
      ],
    )
    expect(JSON.parse(second)).not.toHaveProperty('annotations')
  })
})
