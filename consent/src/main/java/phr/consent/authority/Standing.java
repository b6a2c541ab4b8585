package phr.consent.authority;

import java.time.Instant;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantor;
import phr.consent.directive.Phase;
import phr.consent.directive.State;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeStage;

/** In which state a directive shows at an instant: as recorded, and then by the stage of life (consent-semantics.md §10.1, §11). */
final class Standing {

    private Standing() {}

    static State of(Directive directive, Life life, Instant at) {
        if (directive.state() != State.ACTIVE || !directive.effect().permits()) {
            return directive.state();
        }
        LifeStage stage = life.stage(at, AgeBands.JAPAN);
        boolean dead = stage == LifeStage.DECEASED || stage == LifeStage.DECEASED_REPORTED;
        if (dead && directive.phase() != Phase.AFTER_DEATH || life.serviceEnded(at)) {
            return State.FROZEN;
        }
        boolean guardians = directive.grantor().capacity() == Grantor.Capacity.GUARDIAN;
        if (!guardians || life.age(at, AgeBands.JAPAN) != LifeStage.ADULT) {
            return State.ACTIVE;
        }
        boolean waits = life.majority(AgeBands.JAPAN)
                .map(AgeBands.JAPAN::waitsUntil)
                .filter(at::isBefore)
                .isPresent();
        return waits ? State.PENDING_RECONSENT : State.REVOKED;
    }
}
