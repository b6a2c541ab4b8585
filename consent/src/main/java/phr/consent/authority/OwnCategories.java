package phr.consent.authority;

import java.time.Instant;
import java.util.Set;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeStage;

/** Categories about which a person of 15 to 17 decides alone (consent-semantics.md §11). */
final class OwnCategories {

    private OwnCategories() {}

    /** Empty for whoever is no guardian, and at any other age; as long as nobody knows the age, they are closed too. */
    static Set<String> closedTo(RecordedAuthority authority, Life life, Instant now) {
        LifeStage age = life.age(now, AgeBands.JAPAN);
        boolean alone = age == LifeStage.ADOLESCENT || age == LifeStage.UNKNOWN_AGE;
        return alone && authority.kind().guardian() ? AgeBands.JAPAN.at(now).ownCategories() : Set.of();
    }
}
