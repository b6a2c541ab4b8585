package phr.gateway.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import phr.gateway.caller.Authentication;
import phr.gateway.caller.Caller;
import phr.gateway.people.Standings;

/** Who may break the glass: emergency staff, with a second factor, of a medical institution that is enabled for it. */
@ApplicationScoped
class Eligibility {

    private static final Set<String> ROLES = Set.of("emergency-physician", "emergency-nurse");

    private final Standings standings;
    private final Authentication authentication;
    private final EmergencyConfig config;

    Eligibility(Standings standings, Authentication authentication, EmergencyConfig config) {
        this.standings = standings;
        this.authentication = authentication;
        this.config = config;
    }

    boolean of(Caller caller) {
        String organisation = caller.organisation();
        if (caller.system() || organisation == null || caller.roles().stream().noneMatch(ROLES::contains)) {
            return false;
        }
        boolean enabled = standings
                .of(organisation)
                .filter(standing -> standing.medical() && standing.emergency() && !standing.suspended())
                .isPresent();
        return enabled && config.acr().map(authentication::is).orElse(true);
    }
}
