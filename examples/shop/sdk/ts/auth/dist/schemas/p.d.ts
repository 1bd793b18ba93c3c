// checks:sdk v1 f5681a617da392bd5f778faa32b40312e0965d8312bdc633cd98aa2bcc58a086
export interface Problem {
  error: string;
  [key: string]: unknown;
}
