/** What can be booked: the routes to a destination, with prices that move, and the hotels that are approved beforehand. */

/** A way to get there. A type, not an interface: it is part of what an instance knows. */
export type Route = { name: string; price: number };

/** `rise`: what is added to the price with time. */
type Offer = Route & { rise: number };

const offers: Readonly<Record<string, readonly Offer[]>> = {
  Seoul: [
    { name: 'Seoul by way of Busan', price: 400, rise: 40 },
    { name: 'Seoul direct', price: 435, rise: 10 },
    { name: 'Seoul by night', price: 520, rise: 5 },
  ],
  Paris: [
    { name: 'Paris by way of Lyon', price: 300, rise: 40 },
    { name: 'Paris direct', price: 335, rise: 10 },
    { name: 'Paris by night', price: 420, rise: 5 },
  ],
  Tokyo: [
    { name: 'Tokyo by way of Osaka', price: 500, rise: 40 },
    { name: 'Tokyo direct', price: 535, rise: 10 },
    { name: 'Tokyo by night', price: 620, rise: 5 },
  ],
  Atlantis: [],
};

/** There are two ways to anywhere else. */
const elsewhere = (destination: string): readonly Offer[] => [
  { name: `${destination} with a stop`, price: 600, rise: 40 },
  { name: `${destination} direct`, price: 635, rise: 10 },
];

/** Hotels that need no further approval, in the order in which they are tried. */
export const approvedHotels: readonly string[] = ['Hotel Garden', 'Hotel Station'];

/**
 * The cheapest route that is not among those `rejected`; null where none is left. `asOf`: how late it is; asked later, the
 * catalogue may answer differently, which is why an answer that was acted on has to be kept.
 */
export function cheapestRoute(destination: string, rejected: readonly string[], asOf: number): Route | null {
  const all = Object.hasOwn(offers, destination) ? offers[destination]! : elsewhere(destination);
  const left = all
    .filter(({ name }) => !rejected.includes(name))
    .map(({ name, price, rise }) => ({ name, price: price + rise * asOf }));
  return left.reduce<Route | null>((best, route) => (best && best.price <= route.price ? best : route), null);
}
