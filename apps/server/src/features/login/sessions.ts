import { jwtVerify, SignJWT, errors } from 'jose'

const ISSUER = 'dashang'
const LIFETIME_MS = 2 * 60 * 60 * 1000

export interface Sessions {
  issue(userId: string, now: Date): Promise<{ token: string; expiresAt: Date }>
  /** `null` for a token that is expired, changed or not ours. */
  read(token: string, now: Date): Promise<string | null>
}

/** Short-lived signed tokens. A former secret still reads, so that secrets can be rotated. */
export function createSessions(secrets: {
  current: string
  previous: string | undefined
}): Sessions {
  const encode = (secret: string) => new TextEncoder().encode(secret)
  const current = encode(secrets.current)
  const accepted = [current, ...(secrets.previous === undefined ? [] : [encode(secrets.previous)])]

  return {
    async issue(userId, now) {
      const expiresAt = new Date(now.getTime() + LIFETIME_MS)
      const token = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(userId)
        .setExpirationTime(expiresAt)
        .sign(current)
      return { token, expiresAt }
    },
    async read(token, now) {
      for (const secret of accepted) {
        const userId = await verify(token, secret, now)
        if (userId !== null) return userId
      }
      return null
    },
  }
}

async function verify(token: string, secret: Uint8Array, now: Date): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      requiredClaims: ['sub', 'exp'],
      currentDate: now,
    })
    return payload.sub ?? null
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}
