import { createContext, useContext, useState, type PropsWithChildren, type ReactNode } from 'react'
import type { TipServices } from './services'
import { doubtOf, isEnding, usePaymentOf, type PaymentControls } from './use-payment'

const PaymentContext = createContext<PaymentControls | null>(null)

/** Owns the payment: the page that began it may be behind another one when it ends. */
export function PaymentProvider(props: PropsWithChildren<{ services: TipServices }>): ReactNode {
  const payment = usePaymentOf(props.services)
  return <PaymentContext.Provider value={payment}>{props.children}</PaymentContext.Provider>
}

/** The payment, as a page sees it: an ending that was there before the page is another page's to show. */
export function usePayment(): PaymentControls {
  const payment = useContext(PaymentContext)
  if (payment === null) throw new Error('no PaymentProvider around this page')
  const [before] = useState(payment.phase)
  if (!isEnding(before) || payment.phase !== before) return payment
  return { ...payment, phase: { kind: 'choosing', inDoubt: doubtOf(before) } }
}
