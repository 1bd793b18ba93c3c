// checks:sdk v1 2bcee74c8afc5c201344ac225c4008a5e0e12f91ed094a87b85c8f3a7166e74b
export interface Order {
  /**
   * Format: `uuid`
   */
  id: string;
  article: string;
  count: number;
  [key: string]: unknown;
}
