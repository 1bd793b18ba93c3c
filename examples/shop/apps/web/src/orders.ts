// What the page of the shop does with orders. Everything it knows of the gateway is the contract's.
import { createGuestToken, expectOk, listOrders, placeOrder, type Client, type NewOrder, type Order } from "@shop/gateway";

/** A client whose token is fetched when it is first needed, and anew once it is refused. */
export function shopAt(baseUrl: string): Client {
  let token: string | undefined;
  const guest = async (why: "first" | "refused"): Promise<string> => {
    if (why === "refused" || token === undefined) token = expectOk(await createGuestToken({ baseUrl })).token;
    return token;
  };
  return { baseUrl, auth: { guest } };
}

/** Places an order and gives all of them; what the shop has against it comes back as its words. */
export async function order(client: Client, wanted: NewOrder): Promise<readonly Order[] | string> {
  const placed = await placeOrder(client, { body: wanted });
  if (placed.kind === "documented" && placed.status === 422) return placed.body.error;
  expectOk(placed);
  return expectOk(await listOrders(client));
}
