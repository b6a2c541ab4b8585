package phr.deploy.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import phr.deploy.bench.http.Call;

/** A server under measurement and how it is asked. */
public interface Contender extends AutoCloseable {

    String name();

    int port();

    /** Process id of the server. */
    long pid();

    /** Its database. */
    String database();

    /** Where its virtual machine notes garbage collections. */
    Path collections();

    /** A new or known person with an empty or older record. */
    Person person(int number) throws IOException;

    Call bundle(Person person, byte[] bundle);

    /** Observations one a line, when the server takes that. */
    Optional<Call> lines(Person person, byte[] ndjson);

    /**
     * A checkup document, never the same twice.
     *
     * @return empty when the server has no such thing
     */
    Optional<Call> checkup(Person person, int number);

    /** The whole record in one answer. */
    Call everything(Person person);

    /**
     * A search for Observations.
     *
     * @param query e.g. {@code code=…&date=…}, percent-encoded, without the person
     * @param count size of the page
     */
    Call search(Person person, String query, int count);

    Call observation(Person person, String id);

    /** One value a day over the whole record, when the server computes that. */
    Optional<Call> daily(Person person, String code, String period);

    @Override
    void close();
}
