import { getRawAsset } from 'node:sea'

globalThis.parsingThread = () => Buffer.from(getRawAsset('worker.js')).toString('base64')
import('../../dist/cli/bin.js')
