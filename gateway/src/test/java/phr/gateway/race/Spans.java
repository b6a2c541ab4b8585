package phr.gateway.race;

import java.util.ArrayList;
import java.util.List;

/**
 * When data may have been given out: from the moment a grant was sent until its revocation was answered. The commit lies before
 * that answer, so a read that began later and ended before the next grant was sent must have found nothing.
 */
final class Spans {

    private final List<long[]> spans = new ArrayList<>();
    private long openSince = -1;

    synchronized void opens(long at) {
        openSince = at;
    }

    synchronized void closed(long at) {
        spans.add(new long[] {openSince, at});
        openSince = -1;
    }

    /** Whether a read from one moment to another can lawfully have seen data. */
    synchronized boolean touch(long from, long to) {
        if (openSince >= 0 && to >= openSince) {
            return true;
        }
        return spans.stream().anyMatch(span -> from <= span[1] && to >= span[0]);
    }

    synchronized int count() {
        return spans.size();
    }
}
