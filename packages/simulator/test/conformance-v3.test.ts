import { promisesOf } from './conformance-promises.ts'

promisesOf('v3')
