package phr.gateway.emergency;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import phr.consent.emergency.EmergencyGround;
import phr.consent.gate.EmergencyGrounds;
import phr.fhir.PersonId;
import phr.gateway.disaster.DisasterModes;

/** Sessions for the person, and disaster modes by which somebody may read now. */
@ApplicationScoped
class OpenGrounds implements EmergencyGrounds {

    private final SessionRows sessions;
    private final DisasterModes disasters;

    OpenGrounds(SessionRows sessions, DisasterModes disasters) {
        this.sessions = sessions;
        this.disasters = disasters;
    }

    @Override
    public List<EmergencyGround> of(PersonId person, Instant now) {
        return Stream.concat(
                        sessions.recent(person, now).stream().map(EmergencySession::ground),
                        disasters.grounds(now).stream())
                .filter(ground -> now.isBefore(ground.closesAt()))
                .toList();
    }
}
