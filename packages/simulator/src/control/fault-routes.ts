import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import {
  FAULT_OPTIONS,
  faultRuleProblem,
  FaultRuleBody,
  isFaultRule,
  UNDERSTOOD,
} from '../fault-rule.ts'
import { FAULTS } from '../fault-table.ts'
import type { Platform } from '../platform.ts'
import { FaultParams } from './schemas.ts'

/** The rules of what goes wrong, and the tables that a rule is made of. */
export function faultRoutes(instance: FastifyInstance, { faults }: Platform): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const rules = () => ({ rules: faults.list() })

  app.get('/_sim/faults', () => ({
    ...rules(),
    known: FAULTS,
    understood: UNDERSTOOD,
    options: FAULT_OPTIONS,
  }))
  app.delete('/_sim/faults', () => {
    faults.clear()
    return rules()
  })
  app.delete('/_sim/faults/:id', { schema: { params: FaultParams } }, (request, reply) => {
    const removed = faults.remove(request.params.id)
    return removed === null ? reply.code(404).send({ error: 'no such rule' }) : rules()
  })
  app.post('/_sim/faults', { schema: { body: FaultRuleBody } }, (request, reply) => {
    const rule = request.body
    if (!isFaultRule(rule)) {
      return reply.code(400).send({ error: faultRuleProblem(rule) })
    }
    return { id: faults.add(rule), ...rules() }
  })
}
