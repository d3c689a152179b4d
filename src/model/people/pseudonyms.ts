/** What a key file holds. Hashes are HMAC-SHA256 with its secret, in hexadecimal, so that it names nobody. */
export interface PseudonymKey {
  /** 32 random bytes, in base64. */
  secret: string
  /** Hashes of the sites that the key was used for. */
  sites: readonly string[]
  /** Who has which number: stays as it is once it was given. */
  members: readonly NumberedMember[]
}

export interface NumberedMember {
  number: number
  /** Hashes of what identifies the member: of the site with its id, and of each slug; of a name only where nothing else is known. */
  keys: readonly string[]
}

/** Where a key is kept. */
export interface KeyStore {
  /** What messages call it. */
  name: string
  /** True: archives of other sites may use it, too. */
  isShared: boolean
  /** Replaces the key by what `change` makes of it, if that is another one. No other export changes it meanwhile. */
  update(change: (key: PseudonymKey) => PseudonymKey): PseudonymKey
}
