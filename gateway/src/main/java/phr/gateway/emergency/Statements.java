package phr.gateway.emergency;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import phr.gateway.record.PersonKeys;

/** Free text of sessions, renewals and reviews, encrypted with the person's data key. */
final class Statements {

    private Statements() {}

    /** @param seq 0 for the opening, else the number of the event */
    static String context(UUID session, int seq) {
        return "emergency|" + session + "|" + seq;
    }

    /** Empty once the person was erased: the session is still reviewed, by what else is known of it. */
    static String open(PersonKeys keys, EmergencySession session) {
        if (!keys.known(session.person())) {
            return "";
        }
        byte[] plain = keys.open(session.person(), context(session.id(), 0), session.statement());
        return new String(plain, StandardCharsets.UTF_8);
    }
}
