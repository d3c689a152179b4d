import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { onTestFinished } from 'vitest'
import type { Chunk, ExportContext, Exporter, OptionValue } from '../../../src/export/exporter.js'
import { exportOptions } from '../../../src/export/options.js'
import type { StoredThread } from '../../../src/model/archive.js'
import { contextOf } from '../threads.js'

/** Exports into files, and other programs that read them: Python and DuckDB. */

/** A path in a folder that goes when the test has ended. */
export function newPath(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-table-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, name)
}

export const aboutWith = (
  exporter: Exporter,
  threads: readonly StoredThread[],
  options: Record<string, OptionValue> = {},
): ExportContext => contextOf(exporter, [...threads], { options: exportOptions(exporter, options) })

export async function bytesOf(pieces: Iterable<Chunk> | AsyncIterable<Chunk>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const piece of pieces) parts.push(Buffer.from(piece))
  return Buffer.concat(parts)
}

export const exported = (
  exporter: Exporter,
  threads: readonly StoredThread[],
  options: Record<string, OptionValue> = {},
): Promise<Buffer> => bytesOf(exporter.render(threads, aboutWith(exporter, threads, options)))

/** The file of an export. */
export async function fileOf(
  exporter: Exporter,
  threads: readonly StoredThread[],
  options: Record<string, OptionValue> = {},
): Promise<string> {
  const path = newPath(`posts.${exporter.extension}`)
  writeFileSync(path, await exported(exporter, threads, options))
  return path
}

export const hasPython = spawnSync('python3', ['--version']).status === 0

/** What this program makes of a file: it prints JSON. */
export function python(program: string, file: string): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program, file], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...process.env, PYTHONUTF8: '1' },
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** Rows of a query in DuckDB; `FILE` in it is the path. */
export async function duckdb(query: string, file = ''): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run("SET TimeZone = 'UTC'")
  return (await connection.runAndReadAll(query.replaceAll('FILE', `'${file}'`))).getRowObjectsJson()
}
