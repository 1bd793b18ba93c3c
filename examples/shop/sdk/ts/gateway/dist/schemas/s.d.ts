// checks:sdk v1 c4c4ce72cf9ccaff135bddddb59e8dfffcd377b61e410dcb9e73ddb71d7057a6
export interface Subject {
  subject: string;
  [key: string]: unknown;
}
