package phr.deploy.demo;

/**
 * A PHR provider of the demo, with a gateway of its own.
 *
 * @param letter names its directory and database
 * @param id reverse domain, the service id in package names
 */
record Provider(String letter, String id, String name, int port) {

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    String fhirBase() {
        return origin() + "/fhir";
    }

    String keys() {
        return origin() + "/.well-known/jwks.json";
    }

    String database() {
        return "phr_" + letter;
    }
}
