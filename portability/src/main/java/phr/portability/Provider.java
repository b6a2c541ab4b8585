package phr.portability;

import java.util.regex.Pattern;

/**
 * A PHR provider (PHR事業者) as it names itself in packages.
 *
 * @param serviceId reverse domain, {@code [a-z0-9.-]{3,100}}; no underscore, readers split there
 * @param name for people
 * @param namespace FHIR base URL without trailing slash
 * @param software name of the product
 */
public record Provider(String serviceId, String name, String namespace, String software, String version) {

    private static final Pattern SERVICE_ID = Pattern.compile("[a-z0-9.-]{3,100}");

    public Provider {
        if (!SERVICE_ID.matcher(serviceId).matches()) {
            throw new IllegalArgumentException("a service id is a reverse domain of a-z, 0-9, '.' and '-'");
        }
        if (namespace.endsWith("/")) {
            throw new IllegalArgumentException("a namespace has no trailing slash");
        }
    }
}
