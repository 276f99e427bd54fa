/** What the tests use of a package that brings no types. */
declare module 'tenpay' {
  type Fields = Record<string, string>
  interface Options {
    readonly appid: string
    readonly mchid: string
    readonly partnerKey: string
    readonly pfx: Buffer
    readonly notify_url: string
    readonly refund_url: string
  }
  interface Bill {
    readonly list_title: readonly string[]
    readonly list_data: readonly (readonly string[])[]
    readonly total_data: readonly string[]
  }
  interface ExpressRequest {
    readonly body: string
    weixin?: Fields & { readonly req_info?: string | Fields }
  }
  interface ExpressResponse {
    reply?: (message?: string) => void
    header(name: string, value: string): void
    send(text: string): void
  }
  class Payment {
    constructor(options: Options)
    /** Where it sends each call; WeChat's hosts are written into it. */
    readonly urls: Record<string, string>
    getPayParams(fields: Fields): Promise<Fields>
    orderQuery(fields: Fields): Promise<Fields>
    closeOrder(fields: Fields): Promise<Fields>
    refund(fields: Fields): Promise<Fields>
    refundQuery(fields: Fields): Promise<Fields>
    downloadBill(fields: Fields, format: true): Promise<Bill>
    middlewareForExpress(
      type: 'pay' | 'refund',
    ): (request: ExpressRequest, response: ExpressResponse, next: () => void) => Promise<void>
  }
  export = Payment
}
