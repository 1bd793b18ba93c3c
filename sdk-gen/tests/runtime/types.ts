// What the compiler knows of results: it compiles, and fails where it says so.

import { call, type Client, type Credential, type BasicCredential, type Documented, expectOk, type Failure, SdkError, type Status, type StatusOf } from "../../src/kit/runtime.js";

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
const same = <One, Other>(equal: Equal<One, Other>): boolean => equal;

interface Order {
  readonly id: string;
}
interface Problem {
  readonly error: string;
}
type Result =
  | Documented<200, "application/json", Order, { readonly "x-count": number; readonly "x-rate": number | undefined }>
  | Documented<200, "text/csv", string, object>
  | Documented<Exclude<StatusOf<2>, 200>, undefined, undefined, object>
  | Documented<404, "application/json", Problem, object>
  | Documented<Exclude<Status, StatusOf<2> | 404>, "application/json", { readonly rest: true }, object>
  | Failure;

export function narrowed(result: Result): void {
  if (result.kind === "documented" && result.status === 200 && result.contentType === "application/json") {
    same<typeof result.body, Order>(true);
    same<(typeof result.headers)["x-count"], number>(true);
    same<typeof result.ok, true>(true);
  }
  if (result.kind === "documented" && result.status === 404) {
    same<typeof result.body, Problem>(true);
    same<typeof result.ok, false>(true);
  }
  if (result.kind === "documented" && result.status === 503) same<typeof result.body, { readonly rest: true }>(true);
  if (result.kind === "documented" && result.status === 204) same<typeof result.body, undefined>(true);
  if (result.ok) same<typeof result.body, Order | string | undefined>(true);
  if (result.kind === "transport") same<typeof result.reason, "timeout" | "aborted" | "network">(true);
  if (result.kind === "refused") result.issues[0]?.path;
  // @ts-expect-error: only a violation has issues beside a refusal
  if (result.kind === "documented") result.issues;
  // @ts-expect-error: no such status
  if (result.kind === "documented" && result.status === 600) return;
  same<ReturnType<typeof expectOk<Result>>, Order | string | undefined>(true);
  const error = new SdkError<Result>(result);
  if (error.result.kind === "documented" && error.result.status === 404) same<typeof error.result.body, Problem>(true);
}

interface Auth {
  readonly bearerAuth?: Credential<string>;
  readonly login?: Credential<BasicCredential>;
}
interface Server {
  readonly url: "https://{region}.shop.example";
  readonly variables?: { readonly region?: "eu" | "us" };
}
type Own = Client<Auth, Server>;

export const clients: readonly Own[] = [
  {},
  { auth: { bearerAuth: "t" } },
  { auth: { bearerAuth: async (why) => (why === "first" ? "a" : "b"), login: () => ({ username: "u", password: "p" }) } },
  { server: { url: "https://{region}.shop.example", variables: { region: "us" } }, retry: false, validate: "report" },
  { fetch, baseUrl: "https://x.example", retry: { attempts: 2 } },
  { fetch: { fetch: async (request: Request) => new Response(request.url) } },
  // @ts-expect-error: no such region
  { server: { url: "https://{region}.shop.example", variables: { region: "moon" } } },
  // @ts-expect-error: no such scheme
  { auth: { other: "t" } },
  // @ts-expect-error: two words
  { auth: { login: "u:p" } },
];

export const run = async (client: Own): Promise<Result> => (await call(client, { id: "x", method: "GET", path: "/", tags: [], responses: {} })) as Result;
