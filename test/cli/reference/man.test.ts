import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../src/cli/commands/index.js'
import { item, literal, paragraph, roffText, usageText } from '../../../src/cli/reference/man/roff.js'
import { sectionsOf } from '../../../src/cli/reference/man/sections.js'
import { EXIT } from '../../../src/model/errors.js'
import { newFile } from '../../run/outside.js'
import { running, testIo, testOut } from '../test-io.js'
import { isThere } from './terminal.js'

const page = async (...words: string[]) => (await running(['man', ...words], testIo())).out

/** The files of all pages. */
async function pages(): Promise<string[]> {
  const folder = join(dirname(newFile()), 'man')
  const { code, err } = await running(['man', '-o', folder], testIo())
  expect([code, err]).toEqual([0, `${COMMANDS.length + 1} pages were written to ${folder}\n`])
  return readdirSync(folder).map(name => join(folder, name))
}

describe('the source of a page', () => {
  test('holds text that can be no macro and no escape, and hyphens that can be copied', () => {
    expect(roffText('.TH is \\n -x')).toBe('\\&.TH is \\en \\-x')
    expect(paragraph('\'quoted\' `run` ~ ^ "a" … 🦋')).toEqual([
      '.PP',
      '\\(aqquoted\\(aq \\(garun\\(ga \\(ti \\(ha \\(dqa\\(dq \\[u2026] \\[u1F98B]',
    ])
    expect(literal(['.x', '  two  spaces'])).toEqual(['.PP', '.nf', '\\&.x', '  two  spaces', '.fi'])
    expect(item('x', '')).toEqual(['.TP', 'x', '\\&'])
  })

  test('has short lines, and a sentence begins one; a point there is no macro', () => {
    const [, ...lines] = paragraph(`One. Two is e.g. ${'word '.repeat(12)} .threadkeep.json ${'word '.repeat(20)}`)
    expect(lines.slice(0, 2)).toEqual(['One.', expect.stringMatching(/^Two is e\.g\.$/)])
    for (const line of lines) expect(line).toMatch(/^(?!\.).{1,78}$/)
    expect(paragraph('It is a file. .TH is its name.')).toEqual(['.PP', 'It is a file.', '\\&.TH is its name.'])
  })

  test('shows flags in bold and values in italics', () => {
    expect(usageText('-f, --format <names>')).toBe('\\fB\\-f\\fR, \\fB\\-\\-format\\fR \\fInames\\fR')
    expect(usageText('threadkeep list [group...]')).toBe('\\fBthreadkeep\\fR \\fBlist\\fR [\\fIgroup...\\fR]')
  })
})

test('sections of a help: paragraphs, headings, terms and lines that stay as they are', () => {
  const help = `Usage: x [options]\n\nDoes this\nand that:\n  time: 2h\n\nOutput:\n  --json  one\n          document\n\nCodes:\n  0    Done.\n  130  Not\n       done.\nOnly here.\n\nExamples:\n  $ x\n`
  expect(sectionsOf(help, ['--json'])).toEqual([
    { title: null, blocks: [{ text: 'Does this and that:' }, { lines: ['time: 2h'] }] },
    {
      title: 'Codes',
      blocks: [
        {
          items: [
            { term: '0', meaning: 'Done.' },
            { term: '130', meaning: 'Not done.' },
          ],
        },
        { text: 'Only here.' },
      ],
    },
    { title: 'Examples', blocks: [{ lines: ['$ x'] }] },
  ])
})

describe('threadkeep man', () => {
  test('the page of the program names every command, exit code and variable', async () => {
    const text = await page()
    for (const { name, summary } of COMMANDS) {
      expect(text).toContain(`\\fBthreadkeep\\-${name}\\fR(1)`)
      expect(text.replace(/\n/g, ' ')).toContain(roffText(summary))
    }
    for (const code of Object.values(EXIT)) expect(text).toContain(`.TP\n\\fB${code}\\fR\n`)
    for (const title of [
      'NAME',
      'SYNOPSIS',
      'DESCRIPTION',
      'OPTIONS',
      'EXIT STATUS',
      'ENVIRONMENT',
      'FILES',
      'SEE ALSO',
    ])
      expect(text).toMatch(new RegExp(`^\\.SH "?${title}"?$`, 'm'))
  })

  test('the page of a command has its arguments, options, defaults, examples and settings', async () => {
    const text = await page('status')
    expect(text).toContain('.SH SYNOPSIS\n\\fBthreadkeep\\fR \\fBstatus\\fR [\\fIoptions\\fR]\n')
    expect(text).toContain('\\fB\\-\\-warn\\-age\\fR \\fItime\\fR\n')
    expect(text).toContain('(default: 2d)')
    expect(text).toContain('$ threadkeep status \\-\\-check \\-\\-warn\\-age 36h\n')
    expect(text).toContain('\\fBTHREADKEEP_WARN_AGE\\fR')
    expect(text).toContain('\\fBthreadkeep\\-methods\\fR(1)')
    expect(await page('search')).toContain('One of: rank, date.')
    expect(await page('export')).toContain('\\fIselection...\\fR')
  })

  test('a command that there is not is wrong usage, with the closest ones', async () => {
    const { code, out, err } = await running(['man', 'exprot'], testIo())
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err).toContain('There is no command "exprot".\nClosest: export')
  })

  test.skipIf(!isThere('mandoc'))('mandoc has nothing to say about any page (needs mandoc)', async () => {
    const files = await pages()
    expect(execFileSync('mandoc', ['-T', 'lint', ...files], { encoding: 'utf8' })).toBe('')
  })

  test.skipIf(!isThere('groff'))('groff reads all pages without a warning (needs groff)', async () => {
    const files = await pages()
    const warnings = execFileSync('sh', ['-c', 'groff -man -Tutf8 -ww "$@" 2>&1 >/dev/null', 'sh', ...files])
    expect(String(warnings)).toBe('')
  })
})

describe('at a terminal', () => {
  /** A folder with a program `man` of these lines; what it gets is in the file `page`. */
  function withMan(lines: string) {
    const folder = dirname(newFile())
    mkdirSync(join(folder, 'bin'))
    const [program, got] = [join(folder, 'bin/man'), join(folder, 'page')]
    writeFileSync(program, `#!/bin/sh\ncat > '${got}'\necho "$*" "$MANPAGER" >> '${got}'\n${lines}\n`, { mode: 0o755 })
    const io = (env = {}) => ({
      ...testIo({ env: { PATH: `${folder}/bin:${process.env['PATH']}`, ...env } }),
      stdout: testOut({ isTTY: true }),
    })
    return { io, got: () => readFileSync(got, 'utf8') }
  }

  test('the program man shows the page, without drawing where the terminal is dumb', async () => {
    const { io, got } = withMan('exit 0')
    expect(await running(['man', 'list'], io())).toEqual({ code: 0, out: '', err: '' })
    expect(got()).toBe(`${await page('list')}-l - \n`)
    await running(['man', 'list'], io({ TERM: 'dumb' }))
    expect(got()).toContain('-l - cat\n')
  })

  test('where man can not show it, or is not there, its source is printed, and why is said', async () => {
    const failing = withMan('exit 1').io()
    const none = { ...testIo({ env: { PATH: '/nowhere' } }), stdout: testOut({ isTTY: true }) }
    for (const io of [failing, none]) {
      const { code, out, err } = await running(['man', 'list'], io)
      expect([code, out]).toEqual([0, await page('list')])
      expect(err).toMatch(/^No program "man" could show the page/)
    }
  })
})
