package phr.consent.engine;

import java.time.Instant;
import java.util.List;
import phr.consent.emergency.EmergencyGround;

/** Emergency grounds of a call (consent-semantics.md §3, §13): each kind is the ground of the purpose of the same code. */
final class Grounds {

    private Grounds() {}

    /** A permit for this purpose covers nothing without a ground. */
    static boolean needed(String purpose) {
        for (EmergencyGround.Kind kind : EmergencyGround.Kind.values()) {
            if (kind.name().equals(purpose)) {
                return true;
            }
        }
        return false;
    }

    static List<EmergencyGround> open(List<EmergencyGround> known, String purpose, Requester requester, Instant now) {
        return known.stream()
                .filter(ground -> ground.kind().name().equals(purpose) && ground.open(now))
                .filter(ground -> ground.organisation() == null || requester.actsFor(ground.organisation()))
                .filter(ground -> ground.kind() == EmergencyGround.Kind.BTG
                        ? ground.user() != null && requester.isUser(ground.user())
                        : ground.organisation() != null || requester.medical())
                .toList();
    }
}
