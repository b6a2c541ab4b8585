/**
 * A HAPI FHIR JPA server to measure beside the gateway: libraries from Maven Central, own minimal configuration, its fastest
 * sensible settings.
 *
 * <p>Nothing of the product may be used here; the class path is another one.
 */
package phr.deploy.bench.hapi;
