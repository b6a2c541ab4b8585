package phr.gateway.emergency;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of emergencies. */
@ConfigMapping(prefix = "phr.emergency")
interface EmergencyConfig {

    /**
     * Class of authentication ({@code acr}) or method ({@code amr}) that a token must name to break the glass: the second factor of
     * consent-semantics.md §13. Without it the identity provider alone sees to the second factor.
     */
    Optional<String> acr();
}
