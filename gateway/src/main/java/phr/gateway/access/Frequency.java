package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Obligation;
import phr.consent.Obligation.Code;
import phr.consent.Permit;
import phr.gateway.audit.AccessLog;

/**
 * How often each directive may be used ({@code MAX_FREQUENCY}, consent-semantics.md §16.2): permitted accesses in the access log
 * since the day, week or month began in Asia/Tokyo. A further page of a search is an access of its own.
 */
@ApplicationScoped
class Frequency {

    private final AccessLog log;
    private final Clock clock;

    Frequency(AccessLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Ids of the permit's directives that are used up; asks the log only when the permit says that somebody has to count. */
    Set<String> exhausted(Permit permit) {
        Set<String> exhausted = new TreeSet<>();
        Stream.concat(permit.grants().stream(), permit.aggregates().stream())
                .map(Grant::obligations)
                .flatMap(Set::stream)
                .filter(obligation -> obligation.code() == Code.MAX_FREQUENCY)
                .distinct()
                .filter(obligation -> used(permit, obligation))
                .forEach(obligation -> exhausted.add(String.valueOf(obligation.directive())));
        return exhausted;
    }

    /** An obligation that does not say how often or of what cannot be fulfilled. */
    private boolean used(Permit permit, Obligation obligation) {
        if (obligation.unit() == null || obligation.number() == null || obligation.directive() == null) {
            return true;
        }
        Instant since = CalendarUnit.of(obligation.unit())
                .map(unit -> unit.around(clock.instant()).from())
                .orElse(Instant.EPOCH);
        return log.permitted(permit.subject(), obligation.directive(), since) >= obligation.number();
    }
}
