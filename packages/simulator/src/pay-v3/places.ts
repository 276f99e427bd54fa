import type { Place } from './rules.ts'

/** Where a request says something. */
export const BODY: Place = { location: 'body', pointer: '/body' }
export const QUERY: Place = { location: 'query', pointer: '/query' }
export const PATH: Place = { location: 'uri_template', pointer: '/uri_template' }
