import { Ajv } from 'ajv'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

// Fastify's defaults take "500" for 500 and drop unknown fields. For money we want neither; only
// query strings and parameters, which are text by nature, are converted.
const exact = new Ajv({ coerceTypes: false, removeAdditional: false })
const textual = new Ajv({ coerceTypes: 'array', useDefaults: true })

export const validation = fp(async (app: FastifyInstance) => {
  app.setValidatorCompiler<object>(({ schema, httpPart }) =>
    (httpPart === 'body' ? exact : textual).compile(schema),
  )
})
