import { mergeInternalComponents } from '@tarojs/shared'
import { ARIA_COMPONENTS } from './aria-attributes'

// Before the first drawing, because the numbers are given out then.
mergeInternalComponents(ARIA_COMPONENTS)
