import { CREATOR_ROUTES } from './creators.ts'
import { LOGIN_ROUTES } from './login.ts'
import { ORDER_ROUTES } from './orders.ts'
import type { AnswerOf, InputOf } from './route.ts'

/** Every route that a client may call, by `METHOD /path`. */
export const API = { ...CREATOR_ROUTES, ...LOGIN_ROUTES, ...ORDER_ROUTES } as const

type Api = typeof API

export type ApiRoute = keyof Api
export type ApiInput<Route extends ApiRoute> = InputOf<Api[Route]>
export type ApiAnswer<Route extends ApiRoute> = AnswerOf<Api[Route]>
