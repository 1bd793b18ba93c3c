// checks:sdk v1 60df3db0dca44afba01539bdcc46d0882b88882320b3f722a0e0866dd5e929ac
export interface Ready {
  ok: true;
  [key: string]: unknown;
}
