import { expect, it, vi } from 'vitest'
import { processIo } from '../../../src/cli/terminal/io.js'

const home = vi.hoisted(() => ({ folder: (): string => '' }))
vi.mock('node:os', async original => ({
  ...(await original<typeof import('node:os')>()),
  homedir: () => home.folder(),
}))

it('a user without a home folder, as in a container, has none, and that is no error', () => {
  home.folder = () => {
    throw new Error('uv_os_homedir returned ENOENT')
  }
  expect(processIo().home).toBeNull()
  home.folder = () => ''
  expect(processIo().home).toBeNull()
  home.folder = () => '/home/anna'
  expect(processIo().home).toBe('/home/anna')
})
