import { exportLegacy } from "@acme/shop"; // operation-removed
import { ping } from "@acme/shop/operations/health"; // operation-renamed
import { readStock } from "@acme/shop/operations/stock"; // tag-moved
import type { Coupon } from "@acme/shop"; // schema-removed
import { cancelOrder, createOrder, findCustomers, getOrder, listOrders, readReport, trackParcel } from "@acme/shop";
import type { Address, Channel, Client, Filter, Line, Notice, Order, Parcel, Payment, Point, Status } from "@acme/shop";

export const others = [exportLegacy, ping, readStock] as const;
export const code = (it: Coupon): string => it.code;

export function sum(order: Order): number {
  const total: number = order.total; // property-removed
  return total;
}

export function note(order: Order): string {
  return order.note; // property-optional
}

export function amount(line: Line): number {
  const amount: number = line.amount; // property-retyped
  return amount;
}

export function day(order: Order): string {
  return order.placed.slice(0, 10); // property-nullable
}

export function city(address: Address): string {
  return address.city; // property-renamed
}

export const parcel: Parcel = { weight: 1, colour: "red" }; // object-closed

export function label(status: Status): string {
  switch (status) {
    case "open":
      return "Open";
    case "paid":
      return "Paid";
    case "sent":
      return "Sent";
    default:
      return status satisfies never; // enum-value-added
  }
}

export const channel: Channel = "store"; // enum-value-removed
export const isPlaced = (event: Notice): boolean => event.name === "placed"; // constant-changed

export function pay(payment: Payment): string {
  switch (payment.kind) {
    case "card":
      return payment.last4;
    case "invoice":
      return payment.due;
    default:
      return payment satisfies never; // variant-added
  }
}

export const height = (point: Point): number => point.position[1]; // tuple-shortened
export const filter: Filter = { since: "2026-11-01" }; // body-property-retyped

export async function all(client: Client): Promise<void> {
  await listOrders(client); // parameter-required
  await getOrder(client, { path: { id: "a" } }); // parameter-added
  await cancelOrder(client, { path: { id: "a" } }); // parameter-retyped
  await findCustomers(client, { query: { q: "Ada" } }); // parameter-removed
  await createOrder(client, { body: { sku: "a" } }); // body-property-required
}

export async function isLost(client: Client): Promise<boolean> {
  const found = await trackParcel(client, { path: { id: "a" } });
  return found.kind === "documented" && found.status === 410; // status-removed
}

export async function cells(client: Client): Promise<readonly string[]> {
  const found = await readReport(client);
  if (found.kind !== "documented") return [];
  return found.body.flatMap((it: { cells: string[] }) => it.cells); // answer-wrapped
}
