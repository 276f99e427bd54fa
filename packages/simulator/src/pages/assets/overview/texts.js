import { language } from '../language.js'
import { EN } from './texts-en.js'
import { ZH } from './texts-zh.js'

export const texts = { en: EN, zh: ZH }[language()]
