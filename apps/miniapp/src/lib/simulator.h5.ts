/** One question to the simulator, which the preview's own address leads to. */
export async function askSimulator<Answer>(path: string, body: object): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`the simulator answers HTTP ${response.status}`)
  return (await response.json()) as Answer
}
