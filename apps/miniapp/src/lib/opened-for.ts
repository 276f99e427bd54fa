import { creatorOf } from '../flow/creator-of'

/** Whom a page was opened for, by what the address asks. opened-for.h5.ts is the preview's. */
export const openedFor = creatorOf
