package phr.consent.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantor;
import phr.consent.directive.Phase;
import phr.consent.directive.Purposes;
import phr.consent.directive.Selector;
import phr.consent.directive.Selectors;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeStage;
import phr.consent.trace.Element;
import phr.fhir.facts.PhrCategory;

/** Step 3: what the stage of life leaves of a directive or an authority, computed at the instant of the read (§11, CS-4). */
final class Course {

    private static final String TREAT = "TREAT";
    private static final Set<String> VIOLENCE = Set.of(PhrCategory.VIOLENCE.code());

    private final Circumstances circumstances;
    private final Instant now;
    private final @Nullable Life life;
    private final @Nullable LifeStage stage;
    private final @Nullable LifeStage age;
    private final boolean serviceEnded;

    Course(Circumstances circumstances, Instant now) {
        this.circumstances = circumstances;
        this.now = now;
        this.life = circumstances.life();
        this.stage = life == null ? null : life.stage(now, circumstances.ages());
        this.age = life == null ? null : life.age(now, circumstances.ages());
        this.serviceEnded = life != null && life.serviceEnded(now);
    }

    /** The first of STATE, LIFE_STAGE, PHASE and VALIDITY that keeps a directive out of force for a purpose. */
    Optional<Element> failed(Directive directive, String purpose) {
        if (!directive.state().acts(directive.effect())) {
            return Optional.of(Element.STATE);
        } else if (directive.effect().permits() && outlived(directive.grantor(), purpose)) {
            return Optional.of(Element.LIFE_STAGE);
        } else if (!inPhase(directive)) {
            return Optional.of(Element.PHASE);
        }
        boolean valid = directive.base().validity() == null
                || directive.base().validity().contains(now);
        return valid ? Optional.empty() : Optional.of(Element.VALIDITY);
    }

    /** Data that a permit of this grantor does not cover: a guardian's permit not the categories of an adolescent. */
    Optional<Elements> closedTo(Grantor grantor) {
        return grantor.capacity() == Grantor.Capacity.GUARDIAN && ownCategories()
                ? Optional.of(closed(Set.of()))
                : Optional.empty();
    }

    /** Data that an authority does not show: to guardians violence, and the categories of an adolescent (table of §11). */
    Optional<Elements> closedTo(Authority authority) {
        if (!authority.kind().guardian() || life == null) {
            return Optional.empty();
        }
        return Optional.of(closed(VIOLENCE));
    }

    /** Nobody knows whether the person is a minor, so a human decides about third parties. */
    boolean needsHuman() {
        return age == LifeStage.UNKNOWN_AGE;
    }

    boolean deceased() {
        return stage == LifeStage.DECEASED;
    }

    boolean addressProtected() {
        return life != null && life.addressProtected(now);
    }

    /** The next instant at which a stage may change. */
    Optional<Instant> nextChange() {
        return life == null ? Optional.empty() : life.nextChange(now, circumstances.ages());
    }

    private boolean ownCategories() {
        return age == LifeStage.ADOLESCENT || age == LifeStage.UNKNOWN_AGE;
    }

    private Elements closed(Set<String> more) {
        Set<String> categories = new java.util.TreeSet<>(more);
        if (ownCategories()) {
            categories.addAll(circumstances.ages().at(now).ownCategories());
        }
        return Elements.NONE.withSelectors(Selectors.of(Selector.ofCategories(categories.toArray(String[]::new))));
    }

    private boolean outlived(Grantor grantor, String purpose) {
        if (serviceEnded) {
            return true;
        } else if (grantor.capacity() != Grantor.Capacity.GUARDIAN || life == null) {
            return false;
        }
        boolean treatment = Purposes.covers(TREAT, purpose);
        boolean bridged = treatment
                && life.bridgeEnd(circumstances.ages()).filter(now::isBefore).isPresent();
        return age == LifeStage.ADULT && !bridged
                || grantor.authority() != null
                        && life.custodyLost(grantor.authority().toString(), now)
                        && !treatment;
    }

    /** Reported death sends every permit to sleep and keeps the denies of life; verified death wakes the after-death wishes. */
    private boolean inPhase(Directive directive) {
        boolean permit = directive.effect().permits();
        Phase phase = directive.phase() == null && permit ? Phase.LIFE : directive.phase();
        if (stage == LifeStage.DECEASED) {
            return phase != Phase.LIFE;
        } else if (stage == LifeStage.DECEASED_REPORTED && permit) {
            return false;
        }
        return phase != Phase.AFTER_DEATH;
    }
}
