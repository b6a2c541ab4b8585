package phr.fhir.normalise.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phr.fhir.Ids;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Intake;

/**
 * Templates between files: who sends small files one after the other teaches once. What a sender has taught serves for the same
 * sender and the same person only. Templates are lent to one reading at a time; whoever reads meanwhile begins anew. Thread-safe.
 *
 * @param <T> what the reader of a file remembers of a series
 */
public final class Shelf<T> {

    private static final int MOST = 256;

    private final Map<Sender, Templates<T>> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** Everything of an intake that what is learnt from a piece depends on. */
    private record Sender(
            Account account,
            String patient,
            String submitter,
            String client,
            boolean foreign,
            String ownNamespace,
            boolean confirmed) {

        static Sender of(Intake intake) {
            return new Sender(
                    intake.account(),
                    intake.patient(),
                    intake.submitter(),
                    intake.client(),
                    intake.foreign(),
                    intake.ownNamespace(),
                    intake.confirmed());
        }
    }

    /** What is known, or nothing yet. */
    public Templates<T> take(Intake intake) {
        Templates<T> known = remove(Sender.of(intake));
        return known != null
                ? known
                : new Templates<>(
                        Ids.namespace(intake.ownNamespace()), intake.account().person());
    }

    /** Keeps what was taken for the next file; not after a failure. */
    public synchronized void putBack(Intake intake, Templates<T> templates) {
        kept.put(Sender.of(intake), templates);
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private synchronized @Nullable Templates<T> remove(Sender sender) {
        return kept.remove(sender);
    }
}
