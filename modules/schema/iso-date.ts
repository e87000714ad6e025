/** A date as `YYYY-MM-DD`, or `YYYY-MM` where the source gives no day. */
export type IsoDate = string;
