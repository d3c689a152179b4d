import { main } from './main.js'
import { processIo, setExitCode } from './terminal/io.js'

const io = processIo()
setExitCode(await main(io.argv, io))
