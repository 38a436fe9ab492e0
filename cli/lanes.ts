/** Runs a body for each item, so many at a time, and gives the results in the order of the items. */
export async function inLanes<T, R>(items: readonly T[], lanes: number, body: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const left = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of left) results[index] = await body(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
