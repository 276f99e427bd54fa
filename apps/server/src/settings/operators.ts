import { OPERATOR_SCOPES } from '@dashang/shared/contracts/route'
import { Ajv } from 'ajv'
import { Type, type Static } from 'typebox'

const TOKEN_CHARACTERS = 32

const Operators = Type.Array(
  Type.Object(
    {
      name: Type.String({ pattern: '^[\\w.@-]{1,64}$' }),
      token: Type.String({ minLength: TOKEN_CHARACTERS }),
      scopes: Type.Array(Type.Enum([...OPERATOR_SCOPES])),
    },
    { additionalProperties: false },
  ),
)
export type Operators = Readonly<Static<typeof Operators>>

const isOperators = new Ajv().compile<Static<typeof Operators>>(Operators)

export const OPERATORS_PROBLEM =
  'OPERATORS: is not a JSON list of {"name", "token", "scopes"}, each name and token once;' +
  ` a token has at least ${TOKEN_CHARACTERS} characters, scopes are ${OPERATOR_SCOPES.join(', ')}`

/** `null` for what is not such a list, or names somebody twice. */
export function parseOperators(text: string): Operators | null {
  try {
    const operators: unknown = JSON.parse(text)
    if (!isOperators(operators)) return null
    const isUnique = (values: string[]) => new Set(values).size === values.length
    const [names, tokens] = [operators.map((o) => o.name), operators.map((o) => o.token)]
    return isUnique(names) && isUnique(tokens) ? operators : null
  } catch {
    return null
  }
}
