/** The default theme with the fonts of the system, and with tables and lines of code that stay within a narrow window. */
import theme from 'vitepress/theme-without-fonts'
import './site.css'

export default theme
