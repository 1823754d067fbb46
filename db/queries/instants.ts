/** SQL: an instant inside of JSON, written as rows have theirs: '2027-03-01T09:00:00.000Z'. */
export const instantInJson = (instant: string): string =>
  `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
