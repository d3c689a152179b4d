/**
 * The sentences of BuddyPress around a post, as a page prints them in one language: sources of regular expressions with `%m` for the name
 * of a member and `%g` for the name of a group. The words of a date follow.
 */
export interface ThreadWords {
  name: string
  /** "%m posted an update in the group %g", the form with a group first. */
  update: readonly string[]
  /** "%m replied". */
  reply: readonly string[]
  /** "Profile picture of %m", the text in place of an avatar. */
  picture: readonly string[]
  /** "In group: %g". */
  group?: string
  /** "%m's activity". */
  activity?: string
}

/** Languages of Western and Northern Europe. */
export const WESTERN: readonly ThreadWords[] = [
  {
    name: 'en',
    update: [
      '%m (?:posted|wrote|shared|added) an? (?:new )?(?:update|photo|link|video|document|post) in the group %g',
      '%m posted in (?:the group )?%g',
      '%m (?:posted|wrote|shared|added) an? (?:new )?(?:update|photo|link|video|document|post)',
    ],
    reply: ['%m (?:replied|commented|wrote|said)', '%m posted a new (?:activity )?comment'],
    picture: ['(?:profile (?:picture|photo)|image|picture|photo|avatar) of %m', "%m['’]s? (?:avatar|profile photo)"],
    group: 'in(?: the)? group ?: %g',
    activity: "%m['’]s? activity",
  },
  {
    name: 'de',
    update: [
      '%m (?:hat|schrieb|postete|veröffentlichte|teilte) (?:ein|eine)(?: neue[rs]?)? (?:update|aktualisierung|beitrag|nachricht|neuigkeit) in der gruppe %g(?: (?:gepostet|veröffentlicht|geschrieben|hinzugefügt|geteilt))?',
      '%m (?:hat|schrieb|postete|veröffentlichte|teilte) (?:ein|eine|einen)(?: neue[ns]?)? (?:update|aktualisierung|beitrag|nachricht|neuigkeit)(?: (?:gepostet|veröffentlicht|geschrieben|hinzugefügt|geteilt))?',
    ],
    reply: ['%m (?:antwortete|kommentierte|hat geantwortet|hat kommentiert)'],
    picture: ['(?:profilbild|profilfoto|bild|avatar)(?: von)? %m'],
    group: 'in der gruppe ?: %g',
    activity: 'aktivität(?:en)? von %m',
  },
  {
    name: 'nl',
    update: [
      '%m (?:plaatste|heeft|schreef) een (?:update|bericht|nieuwtje) (?:geplaatst )?in de groep %g(?: geplaatst)?',
      '%m (?:plaatste|heeft|schreef) een (?:update|bericht|nieuwtje)(?: geplaatst)?',
    ],
    reply: ['%m (?:antwoordde|reageerde|heeft geantwoord|heeft gereageerd)'],
    picture: ['(?:profielfoto|profielafbeelding|afbeelding|foto) van %m'],
    group: 'in (?:de )?groep ?: %g',
  },
  {
    name: 'da',
    update: [
      '%m (?:skrev|postede|lavede|har (?:skrevet|postet|lavet)) en (?:ny )?opdatering i gruppen %g',
      '%m (?:skrev|postede|lavede|har (?:skrevet|postet|lavet)) en (?:ny )?opdatering',
    ],
    reply: ['%m (?:svarede|kommenterede|har svaret)'],
    picture: ['(?:profilbillede|billede) (?:af|for|til) %m'],
    group: 'i gruppen? ?: %g',
  },
  {
    name: 'nb',
    update: [
      '%m (?:skrev|postet|publiserte|la ut|la til|har (?:skrevet|postet|publisert)) en (?:ny )?oppdatering i gruppen %g',
      '%m (?:skrev|postet|publiserte|la ut|la til|har (?:skrevet|postet|publisert)) en (?:ny )?oppdatering',
    ],
    reply: ['%m (?:svarte|kommenterte|har svart)'],
    picture: ['(?:profilbilde|bilde) (?:av|for|til) %m'],
    group: 'i gruppen? ?: %g',
  },
  {
    name: 'sv',
    update: [
      '%m (?:skrev|postade|publicerade|gjorde|har (?:skrivit|postat|publicerat)) en (?:ny )?(?:uppdatering|statusuppdatering) i gruppen %g',
      '%m (?:skrev|postade|publicerade|gjorde|har (?:skrivit|postat|publicerat)) en (?:ny )?(?:uppdatering|statusuppdatering)',
    ],
    reply: ['%m (?:svarade|kommenterade|har svarat)'],
    picture: ['(?:profilbild|bild) (?:för|av|på) %m'],
    group: 'i gruppen? ?: %g',
  },
  {
    name: 'fr',
    update: [
      '%m a (?:publié|posté|ajouté|écrit|fait) une (?:mise à jour|actualité|publication) dans le groupe %g',
      '%m a (?:publié|posté|ajouté|écrit|fait) une (?:mise à jour|actualité|publication)',
    ],
    reply: ['%m a (?:répondu|commenté)'],
    picture: ["(?:photo|image) (?:de|du) profil (?:de |d[’'])?%m", 'image de %m'],
    group: 'dans le groupe ?: %g',
    activity: 'activité de %m',
  },
  {
    name: 'es',
    update: [
      '%m (?:publicó|ha publicado|escribió|hizo|puso) una (?:actualización|novedad) en el grupo %g',
      '%m (?:publicó|ha publicado|escribió|hizo|puso) una (?:actualización|novedad)',
    ],
    reply: ['%m (?:respondió|ha respondido|contestó|comentó)'],
    picture: ['(?:foto|imagen)(?: de| del)? perfil de %m', 'imagen de %m'],
    group: 'en el grupo ?: %g',
    activity: 'actividad de %m',
  },
  {
    name: 'pt',
    update: [
      '%m (?:publicou|postou|escreveu|fez) uma (?:atualização|actualização|novidade) no grupo %g',
      '%m (?:publicou|postou|escreveu|fez) uma (?:atualização|actualização|novidade)',
    ],
    reply: ['%m (?:respondeu|comentou)'],
    picture: ['(?:foto|imagem) d[eo] perfil (?:de|do|da) %m', 'imagem de %m'],
    group: 'no grupo ?: %g',
    activity: 'atividade de %m',
  },
  {
    name: 'it',
    update: [
      '%m ha (?:pubblicato|postato|inserito|scritto) un aggiornamento nel gruppo %g',
      '%m ha (?:pubblicato|postato|inserito|scritto) un aggiornamento',
    ],
    reply: ['%m ha (?:risposto|commentato)'],
    picture: ['(?:immagine|foto) (?:del|di) profilo di %m', 'immagine di %m'],
    group: 'nel gruppo ?: %g',
    activity: 'attività di %m',
  },
  {
    name: 'ro',
    update: [
      '%m a (?:publicat|postat|scris) o actualizare în grupul %g',
      '%m a (?:publicat|postat|scris) o actualizare',
    ],
    reply: ['%m a (?:răspuns|comentat)'],
    picture: ['(?:fotografia|poza|imaginea) de profil (?:a lui |a |pentru )?%m'],
    group: 'în grupul ?: %g',
  },
  {
    name: 'ca',
    update: [
      '%m ha (?:publicat|escrit|fet) una actualització (?:al|en el) grup %g',
      '%m ha (?:publicat|escrit|fet) una actualització',
    ],
    reply: ['%m ha (?:respost|comentat)'],
    picture: ["(?:foto|imatge) (?:de|del) perfil (?:de |d[’'])%m"],
    group: '(?:al|en el) grup ?: %g',
  },
  {
    name: 'gl',
    update: [
      '%m (?:publicou|escribiu|fixo) unha actualización no grupo %g',
      '%m (?:publicou|escribiu|fixo) unha actualización',
    ],
    reply: ['%m (?:respondeu|comentou)'],
    picture: ['(?:foto|imaxe) d[eo] perfil de %m'],
  },
]
