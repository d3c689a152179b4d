/**
 * Words that are names of people, or parts of names as members write them, and also common words. Alone they are not taken for a name:
 * a text would lose its words. Behind an @, in an address, and within a whole name they are.
 */
const NAMES = setOf(
  `will mark may june april august rose lily daisy iris ivy violet hazel holly olive ginger basil rosemary heather fern willow
  grace hope faith joy charity patience harmony melody dawn eve summer autumn winter spring sky star sunny stormy rain river
  brook forest reed stone rock hill dale field wood woods meadow lake sea bay cliff ford bridge church
  bill bob jack rob nick pat sue chuck drew gene grant guy lance miles norm pierce rich rusty skip ray rex victor frank ernest earnest
  art max dot bee robin martin jay finch wolf fox lion bear hawk swan dove drake hunter fisher baker cook cooper carter mason miller
  smith taylor turner walker weaver butler page porter potter parker gardener farmer shepherd singer king queen prince duke earl dean
  bishop pope knight noble young old small little long short strong wise good best love day night light white black brown green gray
  grey gold golden silver blue red pearl ruby amber jade crystal diamond coral cherry apple berry honey sugar candy
  chase trace tracy misty penny cash price bond major general sergeant doctor dr mr mrs ms miss sir madam prof
  christian muslim english french german polish russian spanish irish scott britain paris london berlin madison jordan israel
  china india america africa georgia virginia carolina florence sydney victoria austin dallas savannah
  ernst klein gross groß lang kurz jung alt neu stark weiss weiß schwarz braun grün rot gut sommer winter herbst tag nacht
  stern berg tal feld wald bach see fluss stein vogel fuchs wolf bär hahn könig kaiser graf herr frau schmied müller koch
  pierre blanc noir rouge petit grand bon belle fleur jour soleil lune mer roi reine marin christ aimée
  sol luna mar cielo flor rosa rey reina santos cruz paz esperanza dolores mercedes pilar consuelo bueno león
  nowy stary mały duży dobry biały czarny las pole kwiat róża wiosna lato słońce gwiazda
  вера надежда любовь роза мир слава лев новый старый белый черный`,
)

/** Parts of names that name nobody: particles, titles, and what groups of people are called. */
const OTHERS = setOf(
  `van von der den dem des del della de da di do dos das la le les el los las al bin ibn ben ter ten zu zum zur und and the of for
  group club team forum site user users guest member members admin administrator moderator mod support staff help helper info news
  test tester demo account anonymous unknown nobody somebody editor author writer reader teacher student friend friends
  community garden gardens garten verein gruppe mitglied gast benutzer lehrer schüler freund freunde`,
)

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter(Boolean))
}

/** `word`: in small letters. */
export const isCommonWord = (word: string): boolean => NAMES.has(word) || OTHERS.has(word)

/** False for a word that is a part of names, and names nobody. */
export const isNameWord = (word: string): boolean => !OTHERS.has(word)
