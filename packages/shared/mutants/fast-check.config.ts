import fc from 'fast-check'

// One example is enough to know that a mistake is noticed, and a mistake that hides from 25 of them
// deserves a test of its own. More examples, and the smallest of them, would cost much time.
fc.configureGlobal({ endOnFailure: true, numRuns: 25 })
