// checks:sdk v1 505f416e1db35ca0f8391bb5f9f8de443b0964d1b15388121078c8b1c09dca9d
export interface GuestToken {
  token: string;
  [key: string]: unknown;
}
