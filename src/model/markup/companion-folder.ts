/** What browsers add to the name of a saved page for the folder beside it: `Garden_files`, `Garten-Dateien`, `Jardin_fichiers`. */
const SUFFIXES =
  '[_.]files _file -Dateien -filer _archivos _arquivos _bestanden _bylos _datoteke _dosyalar _elemei _failid _fails _fajlovi _ficheiros _fichiers _fitxategiak _fitxers _pliki _soubory _tiedostot'

const COMPANION = new RegExp(`(?:^|[/\\\\])[^/\\\\?#]*(?:${SUFFIXES.replaceAll(' ', '|')})[/\\\\][^/\\\\]+$`, 'i')

/** True for a file in the folder beside a saved page, which holds its pictures, scripts and frames. */
export const isInCompanion = (path: string): boolean => COMPANION.test(path)
