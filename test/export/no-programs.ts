import type { Converter } from '../../src/model/conversion.js'

/** A machine on which no program of others is installed. */
export const NO_PROGRAMS: Converter = {
  find: () => Promise.reject(new Error('no program')),
  convert: () => {
    throw new Error('no program')
  },
}
