import fc from 'fast-check'

// One example is enough to know that a mistake is noticed; the smallest one would cost much time.
fc.configureGlobal({ endOnFailure: true })
