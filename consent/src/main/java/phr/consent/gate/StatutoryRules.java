package phr.consent.gate;

import java.util.List;
import phr.consent.engine.StatutoryRule;
import phr.fhir.PersonId;

/** Tells which legal orders concern a person. Whoever keeps them plugs in here and bumps the person's epoch with every change. */
@FunctionalInterface
public interface StatutoryRules {

    List<StatutoryRule> of(PersonId person);
}
