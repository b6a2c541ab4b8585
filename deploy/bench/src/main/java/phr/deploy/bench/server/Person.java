package phr.deploy.bench.server;

import java.util.Map;

/**
 * Somebody whose record is read or written, and the headers with which this is asked.
 *
 * @param id as the caller knows the person
 */
public record Person(String id, Map<String, String> headers) {

    /** {@code Patient/[id]} */
    public String reference() {
        return "Patient/" + id;
    }
}
