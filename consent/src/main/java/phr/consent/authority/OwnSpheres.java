package phr.consent.authority;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeStage;
import phr.fhir.label.LabelTables;

/** What is closed to whom, by the age of the person (consent-semantics.md §11). */
@ApplicationScoped
class OwnSpheres {

    private final LabelTables tables;

    /** @param tables those in force; none: those of the product */
    OwnSpheres(Instance<LabelTables> tables) {
        this.tables = tables.isResolvable() ? tables.get() : LabelTables.bundled();
    }

    /** Empty for whoever is no guardian, and at any other age; as long as nobody knows the age, they are closed too. */
    OwnSphere closedTo(RecordedAuthority authority, Life life, Instant now) {
        LifeStage age = life.age(now, AgeBands.JAPAN);
        boolean alone = age == LifeStage.ADOLESCENT || age == LifeStage.UNKNOWN_AGE;
        return alone && authority.kind().guardian()
                ? new OwnSphere(AgeBands.JAPAN.at(now).ownCategories(), tables)
                : OwnSphere.NONE;
    }
}
