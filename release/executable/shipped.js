import { getAsset } from 'node:sea'

export const shippedText = path => getAsset(path, 'utf8')
