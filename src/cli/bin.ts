import { EXIT } from '../model/errors.js'
import { optimiseLater } from '../node/process.js'
import { endAtOnce, processIo, setExitCode } from './terminal/io.js'

optimiseLater()
const io = processIo()
// Loading a command takes a second on a busy machine, and has nothing to lose.
const started = io.onInterrupt(() => {
  io.stderr.write('Interrupted: nothing was done yet.\n')
  endAtOnce(EXIT.interrupted)
})
/** A promise in place of an await, which the single executable, a script, could not hold. */
export const finished = import('./main.js').then(({ main }) => main(io.argv, io, started)).then(setExitCode)
