/** One page of a list that an upstream pages with opaque markers: forward only, without totals. */
export interface MarkerPage<T> {
  readonly items: readonly T[];
  /** Absent on the last page. Its presence is no promise that the next page holds anything. */
  readonly nextMarker?: string | undefined;
}
