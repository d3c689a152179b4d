import { setImmediate } from 'node:timers/promises'
import { EXIT } from '../model/errors.js'
import { optimiseLater } from '../node/process.js'
import { endAtOnce, processIo, setExitCode } from './terminal/io.js'

optimiseLater()
const io = processIo()
// Loading a command takes a second on a busy machine, and has nothing to lose.
const stopListening = io.onInterrupt(() => {
  io.stderr.write('Interrupted: nothing was done yet.\n')
  endAtOnce(EXIT.interrupted)
})
/** A signal that came while nothing waited is heard in a turn of the event loop; without its listener it would be lost. */
const started = async () => {
  // The first ends the turn under way, whose signals were collected before; the second one follows those of a whole turn.
  await setImmediate()
  await setImmediate()
  stopListening()
}
/** A promise in place of an await, which the single executable, a script, could not hold. */
export const finished = import('./main.js').then(({ main }) => main(io.argv, io, started)).then(setExitCode)
