package phr.gateway.ledgers;

import java.io.IOException;

/** One form of a ledger, written record by record. */
interface LedgerWriter {

    void begin() throws IOException;

    void add(Record record) throws IOException;

    /** @param any whether there was a record; if not, that is said explicitly (APPI 33) */
    void end(boolean any) throws IOException;
}
