import { readFile, writeFile } from 'node:fs/promises'
import { withTables } from './readme-tables.ts'

// Writes the tables of the code into the README; a test compares them.
const readme = new URL('../README.md', import.meta.url)
await writeFile(readme, withTables(await readFile(readme, 'utf8')))
