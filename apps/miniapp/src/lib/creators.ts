import type {
  CreatorPage,
  Ranking,
  RankingPeriod,
  SupporterList,
} from '@dashang/shared/contracts/creators'
import { callPublic } from './api'

export function getCreator(slug: string): Promise<CreatorPage> {
  return callPublic('GET /api/creators/:slug', { params: { slug } })
}

/** Who has tipped, newest first. */
export function listSupporters(slug: string, cursor: string | null): Promise<SupporterList> {
  const query = cursor === null ? {} : { cursor }
  return callPublic('GET /api/creators/:slug/supporters', { params: { slug }, query })
}

export function getRanking(slug: string, period: RankingPeriod): Promise<Ranking> {
  return callPublic('GET /api/creators/:slug/ranking', { params: { slug }, query: { period } })
}
