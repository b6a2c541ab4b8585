package phr.gateway.transfer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/** How this provider names itself. */
@ConfigMapping(prefix = "phr.provider")
interface ProviderConfig {

    /** Service id, reverse domain. */
    String id();

    /** For people. */
    String name();

    /** FHIR base URL without trailing slash; also the namespace of its ids. */
    @WithName("base-url")
    String baseUrl();
}
