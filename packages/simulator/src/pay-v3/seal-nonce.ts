/** 12 characters, which are used as bytes. */
export const sealNonce = (bytes: Buffer): string => bytes.subarray(0, 6).toString('hex')
