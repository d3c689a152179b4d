/** An application password (WordPress 5.6 and later): good for REST, without a cookie. */
export interface ApplicationPassword {
  /** Base URL of the community: it is told to addresses below this one only. */
  site: string
  user: string
  password: string
}

/** What a reader has to show, as JSON. It lies in the user's own folder, never in an archive. */
export interface Credentials {
  /** As tough-cookie writes them. */
  cookies: readonly Readonly<Record<string, unknown>>[]
  passwords: readonly ApplicationPassword[]
}

export const NO_CREDENTIALS: Credentials = { cookies: [], passwords: [] }

export const mergeCredentials = (all: readonly Credentials[]): Credentials => ({
  cookies: all.flatMap(({ cookies }) => cookies),
  passwords: all.flatMap(({ passwords }) => passwords),
})
