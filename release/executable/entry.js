import { getAsset } from 'node:sea'

globalThis.parsingThread = () => getAsset('worker.js', 'utf8')
import('../../dist/cli/bin.js')
