import { processIo, setExitCode } from './io.js'
import { main } from './main.js'

const io = processIo()
setExitCode(await main(io.argv, io))
