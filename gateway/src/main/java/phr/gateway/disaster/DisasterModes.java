package phr.gateway.disaster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import phr.consent.emergency.EmergencyGround;
import phr.consent.ledger.ConsentEpochs;
import phr.fhir.Ids;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.people.Standings;

/** Disaster mode by area and period, switched by two operators (consent-semantics.md §13). */
@ApplicationScoped
@Transactional
public class DisasterModes {

    private final DisasterRows rows;
    private final Standings standings;
    private final ConsentEpochs epochs;
    private final Clock clock;

    DisasterModes(DisasterRows rows, Standings standings, ConsentEpochs epochs, Clock clock) {
        this.rows = rows;
        this.standings = standings;
        this.epochs = epochs;
        this.clock = clock;
    }

    DisasterMode propose(Caller operator, DisasterBody.Checked wanted) {
        DisasterMode mode = new DisasterMode(
                Ids.v7(clock), wanted.areas(), wanted.from(), wanted.to(), operator.subject(), null, null);
        rows.insert(mode, now());
        return mode;
    }

    /** @throws phr.fhir.failure.FailureException FORBIDDEN for who switched it, CONFLICT when it is approved or over */
    DisasterMode approve(Caller operator, UUID id) {
        DisasterMode mode = locked(id);
        if (mode.switchedBy().equals(operator.subject())) {
            throw Failure.of(Category.FORBIDDEN, "two-persons", "another operator must approve this")
                    .exception();
        }
        if (!mode.state(now()).equals("PROPOSED")) {
            throw Failure.of(Category.CONFLICT, "disaster-mode", "this mode waits for no approval")
                    .exception();
        }
        rows.insert(id, "APPROVED", operator.subject(), now());
        epochs.bumpEverybody();
        return locked(id);
    }

    /** Over at once; ending what is over changes nothing. */
    DisasterMode end(Caller operator, UUID id) {
        DisasterMode mode = locked(id);
        if (mode.state(now()).equals("ENDED")) {
            return mode;
        }
        rows.insert(id, "ENDED", operator.subject(), now());
        epochs.bumpEverybody();
        return locked(id);
    }

    DisasterMode get(UUID id) {
        return locked(id);
    }

    /** One for each medical institution in an area of a mode that is approved. */
    public List<EmergencyGround> grounds(Instant now) {
        List<EmergencyGround> grounds = new ArrayList<>();
        for (DisasterMode mode : rows.endingAfter(now)) {
            if (mode.approvedBy() != null && now.isBefore(mode.until())) {
                standings
                        .medicalIn(Set.copyOf(mode.areas()))
                        .forEach(organisation -> grounds.add(ground(mode, organisation)));
            }
        }
        return grounds;
    }

    private static EmergencyGround ground(DisasterMode mode, String organisation) {
        return new EmergencyGround(
                EmergencyGround.Kind.DISASTER,
                null,
                "Organization/" + organisation,
                mode.starts(),
                mode.until(),
                EmergencyGround.Step.SUMMARY);
    }

    private DisasterMode locked(UUID id) {
        return rows.locked(id).orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "not found")
                .exception());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
