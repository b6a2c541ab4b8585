package phr.consent.engine;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.emergency.EmergencyGround;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;

/**
 * What bears on decisions about a person beside her directives (consent-semantics.md §3, §10.2, §11, §13).
 *
 * @param life null = life-stage rules are not applied
 * @param authorities over the person, in any state
 * @param emergencies of the person, open or not
 * @param suspendedParties ids of organisations, applications and users that the operator has suspended
 * @param blockedParties ids that nobody but the person herself can grant anything
 * @param statutory orders that concern the person
 */
public record Circumstances(
        @Nullable Life life,
        AgeBands ages,
        List<Authority> authorities,
        List<EmergencyGround> emergencies,
        Set<String> suspendedParties,
        Set<String> blockedParties,
        List<StatutoryRule> statutory) {

    /** Nothing known, and life-stage rules are not applied. */
    public static final Circumstances NONE =
            new Circumstances(null, AgeBands.JAPAN, List.of(), List.of(), Set.of(), Set.of(), List.of());

    public Circumstances {
        authorities = List.copyOf(authorities);
        emergencies = List.copyOf(emergencies);
        suspendedParties = Set.copyOf(suspendedParties);
        blockedParties = Set.copyOf(blockedParties);
        statutory = List.copyOf(statutory);
    }

    public Circumstances withLife(@Nullable Life value) {
        return new Circumstances(value, ages, authorities, emergencies, suspendedParties, blockedParties, statutory);
    }

    public Circumstances withAges(AgeBands value) {
        return new Circumstances(life, value, authorities, emergencies, suspendedParties, blockedParties, statutory);
    }

    public Circumstances withAuthorities(List<Authority> value) {
        return new Circumstances(life, ages, value, emergencies, suspendedParties, blockedParties, statutory);
    }

    public Circumstances withEmergencies(List<EmergencyGround> value) {
        return new Circumstances(life, ages, authorities, value, suspendedParties, blockedParties, statutory);
    }

    public Circumstances withSuspendedParties(Set<String> value) {
        return new Circumstances(life, ages, authorities, emergencies, value, blockedParties, statutory);
    }

    public Circumstances withBlockedParties(Set<String> value) {
        return new Circumstances(life, ages, authorities, emergencies, suspendedParties, value, statutory);
    }

    public Circumstances withStatutory(List<StatutoryRule> value) {
        return new Circumstances(life, ages, authorities, emergencies, suspendedParties, blockedParties, value);
    }
}
