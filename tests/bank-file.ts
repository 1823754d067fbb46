/** What a bank would have written: one entry of a statement. */
export interface BankEntry {
  /** Signed, with two decimals: '-12.50'. */
  amount: string;
  valueOn: string;
  reference?: string;
  text?: string;
  structured?: string;
  name?: string;
  iban?: string;
  /** What stands inside of BkTxCd, or in the payment's details. */
  code?: string;
  details?: string;
}

const iban = 'DE89370400440532013000';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const optional = (tag: string, content: string | undefined) => (content ? `<${tag}>${content}</${tag}>` : '');

/** A CAMT.053 statement whose balances fit its entries, unless it is given others. */
export function camt(
  entries: BankEntry[],
  rest: { id?: string; version?: string; opening?: string; closing?: string; prefix?: string; iban?: string } = {},
): string {
  const moved = entries.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
  const {
    id = 'STMT-1',
    version = '08',
    opening = '1000.00',
    closing = ((100_000 + moved) / 100).toFixed(2),
    prefix = '',
  } = rest;
  const balance = (code: string, amount: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount.replace('-', '')}</Amt><CdtDbtInd>${amount.startsWith('-') ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>2027-03-01</Dt></Dt></Bal>`;
  const written = entries.map(
    ({ amount, valueOn, reference, text, structured, name, iban: payer, code, details }) =>
      `<Ntry><Amt Ccy="EUR">${amount.replace('-', '')}</Amt><CdtDbtInd>${amount.startsWith('-') ? 'DBIT' : 'CRDT'}</CdtDbtInd>` +
      `${version === '08' ? '<Sts><Cd>BOOK</Cd></Sts>' : '<Sts>BOOK</Sts>'}<BookgDt><Dt>${valueOn}</Dt></BookgDt><ValDt><Dt>${valueOn}</Dt></ValDt>` +
      `${optional('AcctSvcrRef', reference)}${optional('BkTxCd', code)}<NtryDtls><TxDtls>` +
      `<RltdPties>${optional('Dbtr', name && (version === '08' ? `<Pty><Nm>${escaped(name)}</Nm></Pty>` : `<Nm>${escaped(name)}</Nm>`))}` +
      `${optional('DbtrAcct', payer && `<Id><IBAN>${payer}</IBAN></Id>`)}</RltdPties>` +
      `<RmtInf>${optional('Ustrd', text && escaped(text))}${optional('Strd', structured && `<CdtrRefInf><Ref>${structured}</Ref></CdtrRefInf>`)}</RmtInf>` +
      `${details ?? ''}</TxDtls></NtryDtls></Ntry>`,
  );
  const document =
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt>` +
    `<GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>${id}</Id><Acct><Id><IBAN>${rest.iban ?? iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>` +
    `${balance('OPBD', opening)}${balance('CLBD', closing)}${written.join('\n')}</Stmt></BkToCstmrStmt></Document>`;
  return prefix ? document.replaceAll(/<(\/?)(\w+)/g, `<$1${prefix}:$2`).replace('xmlns=', `xmlns:${prefix}=`) : document;
}
