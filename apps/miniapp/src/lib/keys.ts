/** A phone has none that operate what is drawn. keys.h5.ts is the browser's. */
export const operateByKeys: () => void = () => undefined
