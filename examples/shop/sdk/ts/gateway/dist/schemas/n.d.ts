// checks:sdk v1 394331d880ca1e501e117451eca3b676549cc7043df0ac60dc28a678c29ab656
export interface NewOrder {
  article: string;
  count: number;
  [key: string]: unknown;
}
